// Decrypts one value of a callback, with Java 17 and nothing else. Copy decrypt() and require().
//
// Java by itself chooses the AES by the key's length, takes any IV for GCM, reads base64 without padding, and replaces
// what is not UTF-8: each line marked `trap:` closes one of these. README.md says which is which.
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Base64;
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

    // The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64` per line in, `ok BASE64` or `refused` out.
    public static void main(String[] arguments) throws java.io.IOException {
        StringBuilder out = new StringBuilder();
        for (String line : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            String[] fields = line.split("\t", 4);
            try {
                String value = decrypt(fields[0], fields[1], fields[2], fields[3]);
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                out.append("ok ").append(Base64.getEncoder().encodeToString(bytes)).append('\n');
            } catch (GeneralSecurityException | IllegalArgumentException refused) {
                out.append("refused\n");
            }
        }
        System.out.print(out);
    }
}
