// The library from C# (mono 6 or .NET), by P/Invoke: the loader finds libcallback_profile.so (LD_LIBRARY_PATH names its folder).
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>Why a call failed; the parameters are those that it is about.</summary>
public sealed class CallbackProfileException : Exception {
    public readonly string Name, Class;
    public readonly string[] Parameters;

    public CallbackProfileException(string message, string name, string @class, string[] parameters) : base(message) {
        Name = name;
        Class = @class;
        Parameters = parameters;
    }
}

/// <summary>An outgoing request; the body is null for GET and DELETE.</summary>
public sealed class Callback {
    public string Method, Url, Body;
    public KeyValuePair<string, string>[] Headers;
    public string[] Missing;
}

/// <summary>Numbers of the header: CBP_MISSING_..., CBP_SURROGATES_.... Null names allow nothing.</summary>
public sealed class CallOptions {
    public uint Missing, Surrogates;
    public string Boundary, ContentType;
    public string[] Structures, Absent;
    public bool AllowAllStructures, AllowAllAbsent;
}

/// <summary>A profile: parsed once, then used by any thread.</summary>
public sealed class CallbackProfile : IDisposable {
    private readonly IntPtr profile;

    private CallbackProfile(IntPtr profile) { this.profile = profile; }

    ~CallbackProfile() { C.cbp_profile_free(profile); }

    public void Dispose() {
        C.cbp_profile_free(profile);
        GC.SuppressFinalize(this);
    }

    /// <summary>Three numbers of the wire format, and limits by their number; both may be null.</summary>
    public static CallbackProfile Parse(byte[] payload, uint[] wire = null, Dictionary<uint, ulong> limits = null) {
        IntPtr settings = C.cbp_parse_options_new(), made, error;
        try {
            if (wire != null) {
                Check(C.cbp_parse_options_set_wire_format(settings, wire[0], wire[1], wire[2], out error), error);
            }
            foreach (var limit in limits ?? new Dictionary<uint, ulong>()) {
                Check(C.cbp_parse_options_set_limit(settings, limit.Key, (UIntPtr)limit.Value, out error), error);
            }
            Check(C.cbp_profile_parse(payload, Length(payload), settings, out made, out error), error);
            return new CallbackProfile(made);
        } finally {
            C.cbp_parse_options_free(settings);
        }
    }

    /// <summary>The parameters of a received callback as a JSON object.</summary>
    public string Open(byte[] received, CallOptions options = null) {
        return WithSettings(options, settings => {
            IntPtr json, error;
            Check(C.cbp_profile_open(profile, received, Length(received), settings, out json, out error), error);
            return Take(json);
        });
    }

    public Callback Callback(byte[] record, CallOptions options = null) {
        return WithSettings(options, settings => {
            IntPtr made, error;
            Check(C.cbp_profile_callback(profile, record, Length(record), settings, out made, out error), error);
            try {
                return new Callback {
                    Method = C.cbp_method_name(C.cbp_callback_method(made)).Text,
                    Url = C.cbp_callback_url(made).Text,
                    Body = C.cbp_callback_body(made).Text,
                    Headers = List(C.cbp_callback_header_count(made), i => new KeyValuePair<string, string>(
                        C.cbp_callback_header_name(made, i).Text, C.cbp_callback_header_value(made, i).Text)),
                    Missing = List(C.cbp_callback_missing_count(made), i => C.cbp_callback_missing(made, i).Text),
                };
            } finally {
                C.cbp_callback_free(made);
            }
        });
    }

    /// <summary>Why these encrypted texts do not open, as JSON.</summary>
    public string Diagnose(params string[] texts) {
        using (var views = new Views(texts)) {
            IntPtr made, json, error;
            Check(C.cbp_diagnose(profile, views.Array, Count(texts), IntPtr.Zero, out made, out error), error);
            try {
                Check(C.cbp_diagnosis_to_json(made, out json, out error), error);
                return Take(json);
            } finally {
                C.cbp_diagnosis_free(made);
            }
        }
    }

    private static T WithSettings<T>(CallOptions options, Func<IntPtr, T> use) {
        if (options == null) {
            return use(IntPtr.Zero);
        }
        IntPtr made = C.cbp_call_options_new(), error;
        try {
            Check(C.cbp_call_options_set_missing(made, options.Missing, out error), error);
            Check(C.cbp_call_options_set_surrogates(made, options.Surrogates, out error), error);
            if (options.Boundary != null) {
                byte[] text = Encoding.UTF8.GetBytes(options.Boundary);
                Check(C.cbp_call_options_set_boundary(made, text, Length(text), out error), error);
            }
            if (options.ContentType != null) {
                byte[] text = Encoding.UTF8.GetBytes(options.ContentType);
                Check(C.cbp_call_options_set_content_type(made, text, Length(text), out error), error);
            }
            using (Views structures = new Views(options.Structures), absent = new Views(options.Absent)) {
                Check(C.cbp_call_options_set_structures(made, structures.Array, Count(options.Structures), out error), error);
                Check(C.cbp_call_options_set_absent(made, absent.Array, Count(options.Absent), out error), error);
            }
            if (options.AllowAllStructures) {
                Check(C.cbp_call_options_allow_all_structures(made, out error), error);
            }
            if (options.AllowAllAbsent) {
                Check(C.cbp_call_options_allow_all_absent(made, out error), error);
            }
            return use(made);
        } finally {
            C.cbp_call_options_free(made);
        }
    }

    private static void Check(int status, IntPtr error) {
        if (status == 0) {
            return;
        }
        var problem = new CallbackProfileException(
            C.cbp_error_message(error).Text, C.cbp_error_name(error).Text, C.cbp_error_class(error).Text,
            List(C.cbp_error_parameter_count(error), i => C.cbp_error_parameter_at(error, i).Text));
        C.cbp_error_free(error);
        throw problem;
    }

    private static T[] List<T>(UIntPtr count, Func<UIntPtr, T> read) {
        return Enumerable.Range(0, (int)count).Select(i => read((UIntPtr)i)).ToArray();
    }

    private static UIntPtr Length(byte[] bytes) { return (UIntPtr)bytes.Length; }

    private static UIntPtr Count(string[] texts) { return (UIntPtr)(texts == null ? 0 : texts.Length); }

    private static string Take(IntPtr bytes) {
        string text = new Str { data = C.cbp_bytes_data(bytes), len = C.cbp_bytes_len(bytes) }.Text;
        C.cbp_bytes_free(bytes);
        return text;
    }

    /// <summary>A view of text: cbp_str.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Str {
        public IntPtr data;
        public UIntPtr len;

        public string Text {
            get {
                if (data == IntPtr.Zero) {
                    return null;
                }
                var bytes = new byte[(int)len];
                Marshal.Copy(data, bytes, 0, bytes.Length);
                return Encoding.UTF8.GetString(bytes);
            }
        }
    }

    /// <summary>An array of cbp_str with the memory of its texts.</summary>
    private sealed class Views : IDisposable {
        private readonly List<GCHandle> pinned = new List<GCHandle>();
        public readonly Str[] Array;

        public Views(string[] texts) {
            Array = (texts ?? new string[0]).Select(text => {
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                pinned.Add(GCHandle.Alloc(bytes, GCHandleType.Pinned));
                return new Str { data = pinned.Last().AddrOfPinnedObject(), len = (UIntPtr)bytes.Length };
            }).ToArray();
        }

        public void Dispose() { pinned.ForEach(each => each.Free()); }
    }

    // What is needed of callback_profile.h.
    private static class C {
        private const string L = "callback_profile";
        [DllImport(L)] public static extern IntPtr cbp_bytes_data(IntPtr bytes);
        [DllImport(L)] public static extern UIntPtr cbp_bytes_len(IntPtr bytes);
        [DllImport(L)] public static extern void cbp_bytes_free(IntPtr bytes);
        [DllImport(L)] public static extern Str cbp_error_name(IntPtr error);
        [DllImport(L)] public static extern Str cbp_error_class(IntPtr error);
        [DllImport(L)] public static extern Str cbp_error_message(IntPtr error);
        [DllImport(L)] public static extern UIntPtr cbp_error_parameter_count(IntPtr error);
        [DllImport(L)] public static extern Str cbp_error_parameter_at(IntPtr error, UIntPtr index);
        [DllImport(L)] public static extern void cbp_error_free(IntPtr error);
        [DllImport(L)] public static extern IntPtr cbp_parse_options_new();
        [DllImport(L)] public static extern int cbp_parse_options_set_wire_format(IntPtr o, uint encoding, uint tag, uint reading, out IntPtr error);
        [DllImport(L)] public static extern int cbp_parse_options_set_limit(IntPtr o, uint limit, UIntPtr value, out IntPtr error);
        [DllImport(L)] public static extern void cbp_parse_options_free(IntPtr o);
        [DllImport(L)] public static extern IntPtr cbp_call_options_new();
        [DllImport(L)] public static extern int cbp_call_options_set_missing(IntPtr o, uint missing, out IntPtr error);
        [DllImport(L)] public static extern int cbp_call_options_set_surrogates(IntPtr o, uint surrogates, out IntPtr error);
        [DllImport(L)] public static extern int cbp_call_options_set_boundary(IntPtr o, byte[] text, UIntPtr len, out IntPtr error);
        [DllImport(L)] public static extern int cbp_call_options_set_content_type(IntPtr o, byte[] text, UIntPtr len, out IntPtr error);
        [DllImport(L)] public static extern int cbp_call_options_set_structures(IntPtr o, Str[] names, UIntPtr count, out IntPtr error);
        [DllImport(L)] public static extern int cbp_call_options_set_absent(IntPtr o, Str[] names, UIntPtr count, out IntPtr error);
        [DllImport(L)] public static extern int cbp_call_options_allow_all_structures(IntPtr o, out IntPtr error);
        [DllImport(L)] public static extern int cbp_call_options_allow_all_absent(IntPtr o, out IntPtr error);
        [DllImport(L)] public static extern void cbp_call_options_free(IntPtr o);
        [DllImport(L)] public static extern int cbp_profile_parse(byte[] json, UIntPtr len, IntPtr o, out IntPtr profile, out IntPtr error);
        [DllImport(L)] public static extern void cbp_profile_free(IntPtr profile);
        [DllImport(L)] public static extern int cbp_profile_open(IntPtr profile, byte[] received, UIntPtr len, IntPtr o, out IntPtr json, out IntPtr error);
        [DllImport(L)] public static extern int cbp_profile_callback(IntPtr profile, byte[] record, UIntPtr len, IntPtr o, out IntPtr callback, out IntPtr error);
        [DllImport(L)] public static extern uint cbp_callback_method(IntPtr callback);
        [DllImport(L)] public static extern Str cbp_method_name(uint method);
        [DllImport(L)] public static extern Str cbp_callback_url(IntPtr callback);
        [DllImport(L)] public static extern UIntPtr cbp_callback_header_count(IntPtr callback);
        [DllImport(L)] public static extern Str cbp_callback_header_name(IntPtr callback, UIntPtr index);
        [DllImport(L)] public static extern Str cbp_callback_header_value(IntPtr callback, UIntPtr index);
        [DllImport(L)] public static extern Str cbp_callback_body(IntPtr callback);
        [DllImport(L)] public static extern UIntPtr cbp_callback_missing_count(IntPtr callback);
        [DllImport(L)] public static extern Str cbp_callback_missing(IntPtr callback, UIntPtr index);
        [DllImport(L)] public static extern void cbp_callback_free(IntPtr callback);
        [DllImport(L)] public static extern int cbp_diagnose(IntPtr profile, Str[] texts, UIntPtr count, IntPtr o, out IntPtr diagnosis, out IntPtr error);
        [DllImport(L)] public static extern int cbp_diagnosis_to_json(IntPtr diagnosis, out IntPtr json, out IntPtr error);
        [DllImport(L)] public static extern void cbp_diagnosis_free(IntPtr diagnosis);
    }
}

// From here on: test cases from standard input; see README.md. Leave it out.
public static class Cases {
    public static void Main() {
        for (string line; (line = Console.ReadLine()) != null;) {
            string[] fields = line.Split('\t');
            try {
                Console.WriteLine("ok " + string.Join(" ", Run(fields).Select(part => Hex(part))));
            } catch (CallbackProfileException error) {
                Console.WriteLine("error " + error.Name + " " + error.Class + " " + Hex(string.Join("\n", error.Parameters)));
            }
        }
    }

    private static string[] Run(string[] fields) {
        uint[] wire = null;
        var limits = new Dictionary<uint, ulong>();
        CallOptions call = null;
        foreach (string setting in fields[3].Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries)) {
            string name = setting.Split('=')[0], value = setting.Split('=')[1];
            if (name == "wire") {
                wire = value.Split(',').Select(uint.Parse).ToArray();
            } else if (name == "limit") {
                limits[uint.Parse(value.Split(',')[0])] = ulong.Parse(value.Split(',')[1]);
            } else {
                Set(call = call ?? new CallOptions(), name, value);
            }
        }
        byte[] input = Bytes(fields[2]);
        using (CallbackProfile profile = CallbackProfile.Parse(Bytes(fields[1]), wire, limits)) {
            switch (fields[0]) {
                case "open": return new[] { profile.Open(input, call) };
                case "diagnose": return new[] { profile.Diagnose(Encoding.UTF8.GetString(input)) };
                case "callback":
                    Callback made = profile.Callback(input, call);
                    string headers = string.Join("\n", made.Headers.Select(header => header.Key + ": " + header.Value));
                    return new[] { made.Method, made.Url, headers, made.Body == null ? "" : "=" + made.Body, string.Join("\n", made.Missing) };
                default:
                    long times = long.Parse(fields[4]);
                    Stopwatch watch = Stopwatch.StartNew();
                    for (long i = 0; i < times; i++) {
                        profile.Open(input);
                    }
                    return new[] { (watch.Elapsed.TotalMilliseconds * 1e6 / times).ToString("F0") };
            }
        }
    }

    private static void Set(CallOptions call, string name, string value) {
        Func<string[]> names = () => value.Split(',').Select(Unhex).ToArray();
        switch (name) {
            case "missing": call.Missing = uint.Parse(value); break;
            case "surrogates": call.Surrogates = uint.Parse(value); break;
            case "boundary": call.Boundary = Unhex(value); break;
            case "content_type": call.ContentType = Unhex(value); break;
            case "structures": if (call.AllowAllStructures = value == "*") { } else { call.Structures = names(); } break;
            case "absent": if (call.AllowAllAbsent = value == "*") { } else { call.Absent = names(); } break;
        }
    }

    private static byte[] Bytes(string hex) {
        return Enumerable.Range(0, hex.Length / 2).Select(i => Convert.ToByte(hex.Substring(2 * i, 2), 16)).ToArray();
    }

    private static string Unhex(string hex) { return Encoding.UTF8.GetString(Bytes(hex)); }

    private static string Hex(string text) { return string.Concat(Encoding.UTF8.GetBytes(text).Select(b => b.ToString("x2"))); }
}
