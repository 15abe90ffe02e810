// The library from Java 17 or newer, by JNA 5 (Debian: libjna-java). `-Djna.library.path` names the folder of
// libcallback_profile.so. On JDK 22 and newer the Foreign Function API does the same and needs no JNA; it is not tried here.

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.PointerByReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A profile: parsed once, then used by any thread. */
public final class CallbackProfile {
    /** Why a call failed; the parameters are those that it is about. */
    public static final class Failure extends Exception {
        private static final long serialVersionUID = 1;
        public final transient List<String> parameters;
        public final String name;
        public final String errorClass;

        Failure(String message, String name, String errorClass, List<String> parameters) {
            super(message);
            this.name = name;
            this.errorClass = errorClass;
            this.parameters = parameters;
        }
    }

    /** An outgoing request; the body is null for GET and DELETE. */
    public record Callback(String method, String url, List<List<String>> headers, String body, List<String> missing) {}

    /** Numbers of the header; null where the default is meant. `structures` and `absent`: null for none, empty for all names. */
    public record Options(Integer missing, Integer surrogates, String boundary, String contentType, List<String> structures, List<String> absent) {}

    private static final Cleaner CLEANER = Cleaner.create();
    private static final C C = Native.load("callback_profile", C.class);
    private final Pointer profile;

    private CallbackProfile(Pointer profile) {
        this.profile = profile;
        CLEANER.register(this, () -> C.cbp_profile_free(profile));
    }

    /** Validates a payload. `wire` has three numbers or is null, `limits` are by their number. */
    public static CallbackProfile parse(byte[] payload, int[] wire, Map<Integer, Long> limits) throws Failure {
        Pointer settings = C.cbp_parse_options_new();
        try {
            PointerByReference error = new PointerByReference();
            if (wire != null) {
                check(C.cbp_parse_options_set_wire_format(settings, wire[0], wire[1], wire[2], error), error);
            }
            for (Map.Entry<Integer, Long> limit : limits.entrySet()) {
                check(C.cbp_parse_options_set_limit(settings, limit.getKey(), new NativeLong(limit.getValue()), error), error);
            }
            PointerByReference made = new PointerByReference();
            check(C.cbp_profile_parse(payload, length(payload), settings, made, error), error);
            return new CallbackProfile(made.getValue());
        } finally {
            C.cbp_parse_options_free(settings);
        }
    }

    /** The parameters of a received callback as a JSON object. `options` may be null. */
    public String open(byte[] received, Options options) throws Failure {
        Pointer settings = settings(options);
        try {
            PointerByReference json = new PointerByReference();
            PointerByReference error = new PointerByReference();
            check(C.cbp_profile_open(profile, received, length(received), settings, json, error), error);
            return take(json.getValue());
        } finally {
            C.cbp_call_options_free(settings);
            java.lang.ref.Reference.reachabilityFence(this);
        }
    }

    /** The outgoing request of a record. */
    public Callback callback(byte[] record, Options options) throws Failure {
        Pointer settings = settings(options);
        PointerByReference out = new PointerByReference();
        try {
            PointerByReference error = new PointerByReference();
            check(C.cbp_profile_callback(profile, record, length(record), settings, out, error), error);
            Pointer made = out.getValue();
            return new Callback(
                C.cbp_method_name(C.cbp_callback_method(made)).text(),
                C.cbp_callback_url(made).text(),
                list(C.cbp_callback_header_count(made), i -> List.of(C.cbp_callback_header_name(made, i).text(), C.cbp_callback_header_value(made, i).text())),
                C.cbp_callback_body(made).text(),
                list(C.cbp_callback_missing_count(made), i -> C.cbp_callback_missing(made, i).text()));
        } finally {
            C.cbp_callback_free(out.getValue());
            C.cbp_call_options_free(settings);
            java.lang.ref.Reference.reachabilityFence(this);
        }
    }

    /** Why these encrypted texts do not open, as JSON. */
    public String diagnose(List<String> texts) throws Failure {
        PointerByReference out = new PointerByReference();
        try {
            PointerByReference json = new PointerByReference();
            PointerByReference error = new PointerByReference();
            check(C.cbp_diagnose(profile, views(texts), new NativeLong(texts.size()), null, out, error), error);
            check(C.cbp_diagnosis_to_json(out.getValue(), json, error), error);
            return take(json.getValue());
        } finally {
            C.cbp_diagnosis_free(out.getValue());
            java.lang.ref.Reference.reachabilityFence(this);
        }
    }

    private static Pointer settings(Options options) throws Failure {
        if (options == null) {
            return null;
        }
        Pointer made = C.cbp_call_options_new();
        PointerByReference error = new PointerByReference();
        try {
            if (options.missing != null) {
                check(C.cbp_call_options_set_missing(made, options.missing, error), error);
            }
            if (options.surrogates != null) {
                check(C.cbp_call_options_set_surrogates(made, options.surrogates, error), error);
            }
            if (options.boundary != null) {
                byte[] text = options.boundary.getBytes(StandardCharsets.UTF_8);
                check(C.cbp_call_options_set_boundary(made, text, length(text), error), error);
            }
            if (options.contentType != null) {
                byte[] text = options.contentType.getBytes(StandardCharsets.UTF_8);
                check(C.cbp_call_options_set_content_type(made, text, length(text), error), error);
            }
            if (options.structures != null) {
                NativeLong count = new NativeLong(options.structures.size());
                check(options.structures.isEmpty() ? C.cbp_call_options_allow_all_structures(made, error)
                    : C.cbp_call_options_set_structures(made, views(options.structures), count, error), error);
            }
            if (options.absent != null) {
                NativeLong count = new NativeLong(options.absent.size());
                check(options.absent.isEmpty() ? C.cbp_call_options_allow_all_absent(made, error)
                    : C.cbp_call_options_set_absent(made, views(options.absent), count, error), error);
            }
            return made;
        } catch (Failure failure) {
            C.cbp_call_options_free(made);
            throw failure;
        }
    }

    private static void check(int status, PointerByReference out) throws Failure {
        if (status == 0) {
            return;
        }
        Pointer error = out.getValue();
        List<String> parameters = list(C.cbp_error_parameter_count(error), i -> C.cbp_error_parameter_at(error, i).text());
        Failure failure = new Failure(C.cbp_error_message(error).text(), C.cbp_error_name(error).text(), C.cbp_error_class(error).text(), parameters);
        C.cbp_error_free(error);
        throw failure;
    }

    private static <T> List<T> list(NativeLong count, Function<NativeLong, T> read) {
        return IntStream.range(0, count.intValue()).mapToObj(i -> read.apply(new NativeLong(i))).toList();
    }

    private static NativeLong length(byte[] bytes) {
        return new NativeLong(bytes.length);
    }

    private static String take(Pointer bytes) {
        byte[] text = C.cbp_bytes_data(bytes).getByteArray(0, C.cbp_bytes_len(bytes).intValue());
        C.cbp_bytes_free(bytes);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** One block: an array of cbp_str, then the texts that it points to. */
    private static Memory views(List<String> texts) {
        List<byte[]> all = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        long offset = 16L * all.size();
        Memory block = new Memory(Math.max(1, offset + all.stream().mapToInt(text -> text.length).sum()));
        for (int i = 0; i < all.size(); i++) {
            block.write(offset, all.get(i), 0, all.get(i).length);
            block.setPointer(16L * i, block.share(offset));
            block.setLong(16L * i + 8, all.get(i).length);
            offset += all.get(i).length;
        }
        return block;
    }

    /** A view of text: cbp_str, on machines of 64 bits. */
    @Structure.FieldOrder({"data", "len"})
    public static final class Str extends Structure implements Structure.ByValue {
        public Pointer data;
        public long len;

        String text() {
            return data == null ? null : new String(data.getByteArray(0, (int) len), StandardCharsets.UTF_8);
        }
    }

    /** What is needed of callback_profile.h. */
    private interface C extends Library {
        Pointer cbp_bytes_data(Pointer bytes);
        NativeLong cbp_bytes_len(Pointer bytes);
        void cbp_bytes_free(Pointer bytes);
        Str cbp_error_name(Pointer error);
        Str cbp_error_class(Pointer error);
        Str cbp_error_message(Pointer error);
        NativeLong cbp_error_parameter_count(Pointer error);
        Str cbp_error_parameter_at(Pointer error, NativeLong index);
        void cbp_error_free(Pointer error);
        Pointer cbp_parse_options_new();
        int cbp_parse_options_set_wire_format(Pointer options, int encoding, int tag, int reading, PointerByReference error);
        int cbp_parse_options_set_limit(Pointer options, int limit, NativeLong value, PointerByReference error);
        void cbp_parse_options_free(Pointer options);
        Pointer cbp_call_options_new();
        int cbp_call_options_set_missing(Pointer options, int missing, PointerByReference error);
        int cbp_call_options_set_surrogates(Pointer options, int surrogates, PointerByReference error);
        int cbp_call_options_set_boundary(Pointer options, byte[] text, NativeLong len, PointerByReference error);
        int cbp_call_options_set_content_type(Pointer options, byte[] text, NativeLong len, PointerByReference error);
        int cbp_call_options_set_structures(Pointer options, Pointer names, NativeLong count, PointerByReference error);
        int cbp_call_options_set_absent(Pointer options, Pointer names, NativeLong count, PointerByReference error);
        int cbp_call_options_allow_all_structures(Pointer options, PointerByReference error);
        int cbp_call_options_allow_all_absent(Pointer options, PointerByReference error);
        void cbp_call_options_free(Pointer options);
        int cbp_profile_parse(byte[] json, NativeLong len, Pointer options, PointerByReference profile, PointerByReference error);
        void cbp_profile_free(Pointer profile);
        int cbp_profile_open(Pointer profile, byte[] received, NativeLong len, Pointer options, PointerByReference json, PointerByReference error);
        int cbp_profile_callback(Pointer profile, byte[] record, NativeLong len, Pointer options, PointerByReference callback, PointerByReference error);
        int cbp_callback_method(Pointer callback);
        Str cbp_method_name(int method);
        Str cbp_callback_url(Pointer callback);
        NativeLong cbp_callback_header_count(Pointer callback);
        Str cbp_callback_header_name(Pointer callback, NativeLong index);
        Str cbp_callback_header_value(Pointer callback, NativeLong index);
        Str cbp_callback_body(Pointer callback);
        NativeLong cbp_callback_missing_count(Pointer callback);
        Str cbp_callback_missing(Pointer callback, NativeLong index);
        void cbp_callback_free(Pointer callback);
        int cbp_diagnose(Pointer profile, Pointer texts, NativeLong count, Pointer options, PointerByReference diagnosis, PointerByReference error);
        int cbp_diagnosis_to_json(Pointer diagnosis, PointerByReference json, PointerByReference error);
        void cbp_diagnosis_free(Pointer diagnosis);
    }

    // From here on: test cases from standard input; see README.md. Leave it out.

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = lines.readLine()) != null;) {
            try {
                System.out.println("ok " + run(line.split("\t", -1)).stream().map(CallbackProfile::hex).collect(Collectors.joining(" ")));
            } catch (Failure failure) {
                System.out.println("error " + failure.name + " " + failure.errorClass + " " + hex(String.join("\n", failure.parameters)));
            }
        }
    }

    private static List<String> run(String[] fields) throws Failure {
        Map<String, String> settings = new TreeMap<>();
        Arrays.stream(fields[3].split(";")).filter(each -> !each.isEmpty()).forEach(each -> settings.put(each.split("=", 2)[0], each.split("=", 2)[1]));
        String wire = settings.remove("wire");
        String limit = settings.remove("limit");
        Map<Integer, Long> limits = limit == null ? Map.of() : Map.of(Integer.valueOf(limit.split(",")[0]), Long.valueOf(limit.split(",")[1]));
        Options options = settings.isEmpty() ? null : new Options(
            number(settings.get("missing")), number(settings.get("surrogates")), unhex(settings.get("boundary")),
            unhex(settings.get("content_type")), names(settings.get("structures")), names(settings.get("absent")));
        byte[] input = HexFormat.of().parseHex(fields[2]);
        int[] format = wire == null ? null : Arrays.stream(wire.split(",")).mapToInt(Integer::parseInt).toArray();
        CallbackProfile profile = parse(HexFormat.of().parseHex(fields[1]), format, limits);
        switch (fields[0]) {
            case "open":
                return List.of(profile.open(input, options));
            case "diagnose":
                return List.of(profile.diagnose(List.of(new String(input, StandardCharsets.UTF_8))));
            case "callback":
                Callback made = profile.callback(input, options);
                String headers = made.headers.stream().map(header -> String.join(": ", header)).collect(Collectors.joining("\n"));
                return List.of(made.method, made.url, headers, made.body == null ? "" : "=" + made.body, String.join("\n", made.missing));
            default:
                int times = Integer.parseInt(fields[4]);
                long start = System.nanoTime();
                for (int i = 0; i < times; i++) {
                    profile.open(input, null);
                }
                return List.of(String.valueOf((System.nanoTime() - start) / times));
        }
    }

    private static Integer number(String text) {
        return text == null ? null : Integer.valueOf(text);
    }

    private static List<String> names(String value) {
        if (value == null) {
            return null;
        }
        return value.equals("*") ? List.of() : Arrays.stream(value.split(",")).map(CallbackProfile::unhex).toList();
    }

    private static String unhex(String text) {
        return text == null ? null : new String(HexFormat.of().parseHex(text), StandardCharsets.UTF_8);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
