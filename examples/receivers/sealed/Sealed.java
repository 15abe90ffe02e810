// Opens and makes sealed callbacks, with Java 17 and Jackson for the JSON. Copy all above `The rest`.
//
// Java by itself chooses the AES by the key's length and takes any nonce, reads base64 with padding and loose bits, and
// Jackson takes the last of two names: each line marked `trap:` closes one of these. README.md says which is which.
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class Sealed {
    static final JsonMapper JSON = JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION) // trap: once
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    /** Returns the claims, `jti` and `params` among them, only if every check has passed; any exception is a refusal. */
    static JsonNode open(String token, String kid, String key, long now, String method, String url)
        throws GeneralSecurityException, IOException {
        String[] part = (token + "....").split("\\.", -1);
        check(part.length == 9 && part[1].isEmpty()); // trap: parts
        check(header(kid).equals(part[0])); // trap: header
        byte[] nonce = decode(part[2]), tag = decode(part[4]);
        check(nonce.length == 12); // trap: nonce
        check(tag.length == 16); // trap: tag
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, part[0]);
        byte[] plain = cipher.doFinal(join(decode(part[3]), tag));
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString();
        JsonNode claims = JSON.readTree(text);
        check(claims.path("params").isObject()); // trap: claims
        check(claims.path("iat").isIntegralNumber() && Math.abs(now - claims.get("iat").asDouble()) <= 300); // trap: iat
        check(claims.path("jti").isTextual() && claims.get("jti").asText().matches("[!-\\-/-~]{1,128}")); // trap: jti
        check(method.equals(claims.path("htm").textValue())); // trap: htm
        check(url.equals(claims.path("htu").textValue())); // trap: htu
        return claims;
    }

    /** The token of a JSON body; what is beside it is for others. */
    static String tokenInJson(String body) throws GeneralSecurityException, IOException {
        JsonNode token = JSON.readTree(body).path("jwe");
        check(token.isTextual());
        return token.textValue();
    }

    /** The token of a form or of a query. */
    static String tokenInForm(String body) throws GeneralSecurityException {
        List<String> tokens = new ArrayList<>();
        for (String pair : body.split("&")) {
            String[] half = pair.split("=", 2);
            if (URLDecoder.decode(half[0], StandardCharsets.UTF_8).equals("jwe"))
                tokens.add(half.length == 1 ? "" : URLDecoder.decode(half[1], StandardCharsets.UTF_8));
        }
        check(tokens.size() == 1); // trap: once
        check(tokens.size() >= 1);
        return tokens.get(0);
    }

    /** The token over a claims set in JSON. */
    static String seal(String kid, String key, String claims) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        byte[] data = cipher(Cipher.ENCRYPT_MODE, key, nonce, header(kid)).doFinal(claims.getBytes(StandardCharsets.UTF_8));
        int end = data.length - 16;
        byte[] tag = Arrays.copyOfRange(data, end, data.length);
        return String.join(".", header(kid), "", encode(nonce), encode(Arrays.copyOf(data, end)), encode(tag));
    }

    private static Cipher cipher(int mode, String key, byte[] nonce, String header) throws GeneralSecurityException {
        byte[] secret = decode(key.replaceFirst("^cbk2_", ""));
        check(secret.length == 32); // trap: key
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(header.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static void check(boolean holds) throws GeneralSecurityException {
        if (!holds) throw new GeneralSecurityException("refused"); // one answer for all failures
    }

    private static String header(String kid) {
        String header = "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"callback+jwt\",\"kid\":\"" + kid + "\"}";
        return encode(header.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) throws GeneralSecurityException {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        check(encode(bytes).equals(text)); // trap: base64
        return bytes;
    }

    private static byte[] join(byte[] data, byte[] tag) {
        return ByteBuffer.allocate(data.length + tag.length).put(data).put(tag).array();
    }

    // The rest is for scripts/sealed: a JSON object per line in, `ok RESULT` or `refused` out.
    public static void main(String[] arguments) throws IOException {
        StringBuilder out = new StringBuilder();
        for (String line : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            try {
                String result = run(JSON.readTree(line));
                out.append("ok ").append(result).append('\n');
            } catch (GeneralSecurityException | IOException | IllegalArgumentException refused) {
                out.append("refused\n");
            }
        }
        System.out.write(out.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static String run(JsonNode job) throws GeneralSecurityException, IOException {
        String kid = job.get("kid").textValue(), key = job.get("key").textValue();
        if (job.get("do").textValue().equals("seal")) return seal(kid, key, job.get("claims").textValue());
        String text = job.get("text").textValue();
        String token = switch (job.get("kind").textValue()) {
            case "json" -> tokenInJson(text);
            case "form" -> tokenInForm(text);
            default -> text;
        };
        String method = job.get("method").textValue(), url = job.get("url").textValue();
        JsonNode claims = open(token, kid, key, job.get("now").longValue(), method, url);
        return JSON.writeValueAsString(JSON.createArrayNode().add(claims.get("jti")).add(claims.get("params")));
    }
}
