"""The programs of examples/stacks: what each needs, how it is built and run."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "stacks"
JNA = "/usr/share/java/jna.jar"


@dataclass(frozen=True)
class Stack:
    """`compile` and `run` are commands; `{file}`, `{folder}` (for what is built) and `{prefix}` (of the library) are filled in."""

    name: str
    title: str
    by: str
    file: str
    needs: tuple[str, ...]
    package: str
    compile: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    # Times that one call is made in `bench`.
    times: int = 200_000

    def is_there(self) -> bool:
        return all(Path(each).exists() if each.startswith("/") else shutil.which(each) for each in self.needs)

    def start(self, folder: Path, prefix: Path, lines: bytes) -> subprocess.CompletedProcess[bytes]:
        """Builds and runs the program. A failing build is a failing run with its message."""
        fill = {"folder": folder, "file": FOLDER / self.file, "prefix": prefix}
        environment = {
            **os.environ,
            "PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig",
            "LD_LIBRARY_PATH": f"{prefix}/lib",
            "CALLBACK_PROFILE_LIBRARY": f"{prefix}/lib/libcallback_profile.so",
            "GOTOOLCHAIN": "local",
            "GOPROXY": "off",
        }
        done = subprocess.CompletedProcess([], 1, b"", b"nothing to run")
        for command in filter(None, (self.compile, self.run)):
            filled = [part.format(**fill) for part in command]
            done = subprocess.run(
                filled, input=lines, capture_output=True, check=False, env=environment, timeout=300
            )
            if done.returncode:
                break
        return done


STACKS = [
    Stack(
        "php",
        "PHP",
        "FFI",
        "callback_profile.php",
        ("php",),
        "php-cli",
        run=["php", "-d", "ffi.enable=1", "-d", "display_errors=stderr", "{file}"],
    ),
    Stack(
        "ruby",
        "Ruby",
        "gem `ffi`",
        "callback_profile.rb",
        ("ruby", "/usr/share/doc/ruby-ffi"),
        "ruby ruby-ffi",
        run=["ruby", "{file}"],
    ),
    Stack(
        "go",
        "Go",
        "cgo",
        "callback_profile.go",
        ("go", "gcc", "pkg-config"),
        "golang-go gcc pkg-config",
        compile=["go", "build", "-o", "{folder}/callback_profile", "{file}"],
        run=["{folder}/callback_profile"],
    ),
    Stack(
        "luajit", "LuaJIT", "`ffi`", "callback_profile.lua", ("luajit",), "luajit", run=["luajit", "{file}"]
    ),
    Stack(
        "csharp",
        "C# on mono",
        "P/Invoke",
        "CallbackProfile.cs",
        ("mcs", "mono"),
        "mono-mcs mono-runtime libmono-system-core4.0-cil",
        compile=["mcs", "-warnaserror", "-out:{folder}/CallbackProfile.exe", "{file}"],
        run=["mono", "{folder}/CallbackProfile.exe"],
    ),
    Stack(
        "java",
        "Java",
        "JNA",
        "CallbackProfile.java",
        ("javac", JNA),
        "default-jdk-headless libjna-java",
        compile=["javac", "-Xlint:all", "-Werror", "-cp", JNA, "-d", "{folder}", "{file}"],
        run=["java", "-Djna.library.path={prefix}/lib", "-cp", f"{{folder}}:{JNA}", "CallbackProfile"],
        times=50_000,
    ),
]
