// Opens a callback, with Java 17 and nothing else. Copy decrypt(), openBody() and require().
//
// Java by itself chooses the AES by the key's length, takes any IV for GCM, reads base64 without padding, and replaces
// what is not UTF-8: each line marked `trap:` closes one of these. README.md says which is which.
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class Receiver {
    /** Returns the value only if every check has passed; any exception means that it is refused. */
    static String decrypt(String algo, String keyText, String ivText, String text) throws GeneralSecurityException {
        require(algo.matches("AES-(128|192|256)-(GCM|CFB)")); // trap: algorithm
        byte[] key = keyText.getBytes(StandardCharsets.UTF_8);
        byte[] iv = ivText.getBytes(StandardCharsets.UTF_8);
        require(algo.startsWith("AES-" + key.length * 8 + "-")); // trap: key
        require(iv.length == 16); // trap: iv
        byte[] bytes = Base64.getDecoder().decode(text);
        require(Base64.getEncoder().encodeToString(bytes).equals(text)); // trap: base64

        boolean gcm = algo.endsWith("GCM");
        AlgorithmParameterSpec parameters = new IvParameterSpec(iv);
        if (gcm) {
            require(bytes.length >= 16); // or Java 17 throws a ProviderException, which nobody expects // trap: tag
            parameters = new GCMParameterSpec(128, iv); // trap: tag
        }
        // "CFB" is CFB128, with a padding unless told otherwise. Java looks for the tag in the last 16 bytes.
        Cipher cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "AES/CFB/NoPadding"); // trap: cfb128
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), parameters);
        byte[] plain = cipher.doFinal(bytes);
        String value = new String(plain, StandardCharsets.UTF_8);
        require(Arrays.equals(value.getBytes(StandardCharsets.UTF_8), plain)); // trap: utf8
        return value;
    }

    private static void require(boolean holds) throws GeneralSecurityException {
        if (!holds) throw new GeneralSecurityException("refused"); // one answer for all failures
    }

    /** Returns the members of a body, those of these names decrypted; any exception means that it is refused. */
    static Map<String, Object> openBody(String algo, String key, String iv, Map<String, Object> body, List<String> names)
            throws GeneralSecurityException {
        require(body.keySet().containsAll(names)); // trap: absent
        Map<String, Object> opened = new LinkedHashMap<>(body);
        for (String name : names) {
            Object value = body.get(name);
            require(value instanceof String || !body.containsKey(name)); // trap: text
            if (value instanceof String text) opened.put(name, decrypt(algo, key, iv, text));
        }
        return opened;
    }

    // The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64`, or `body TAB algo TAB key TAB iv TAB names TAB JSON`,
    // per line in; `ok BASE64`, of a body one for each name, or `refused` out.
    private static String answer(String line) throws GeneralSecurityException {
        String[] fields = line.split("\t", line.startsWith("body\t") ? 6 : 4);
        if (fields.length == 4) return " " + base64(decrypt(fields[0], fields[1], fields[2], fields[3]));
        List<String> names = List.of(fields[4].split(","));
        Map<String, Object> body = openBody(fields[1], fields[2], fields[3], parsed(fields[5]), names);
        StringBuilder values = new StringBuilder();
        for (String name : names) values.append(' ').append(base64(String.valueOf(body.get(name))));
        return values.toString();
    }

    /** The bodies of the cases alone. Take a JSON parser that refuses a name that comes twice. */
    private static Map<String, Object> parsed(String body) {
        Map<String, Object> members = new LinkedHashMap<>();
        Matcher member = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|[^\",]+)").matcher(body);
        while (member.find()) {
            boolean isNull = member.group().endsWith("null");
            members.put(member.group(1), member.group(2) != null ? member.group(2) : isNull ? null : List.of());
        }
        return members;
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String[] arguments) throws java.io.IOException {
        StringBuilder out = new StringBuilder();
        for (String line : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            try {
                String values = answer(line);
                out.append("ok").append(values).append('\n');
            } catch (GeneralSecurityException | IllegalArgumentException refused) {
                out.append("refused\n");
            }
        }
        System.out.print(out);
    }
}
