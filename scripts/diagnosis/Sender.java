import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mistakes that Java programs make. A line: algorithm, key, IV, value; an answer: number of the line, causes, what, base64 of
 * the text.
 */
public final class Sender {
    private static int line = 0;

    private static void say(String causes, String what, String text) {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        System.out.println(line + "\t" + causes + "\t" + what + "\t" + encoded);
    }

    private static byte[] seal(String mode, byte[] key, AlgorithmParameterSpec iv, byte[] value, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(mode);
        SecretKeySpec spec = new SecretKeySpec(key, "AES");
        if (iv == null) {
            cipher.init(Cipher.ENCRYPT_MODE, spec);
        } else {
            cipher.init(Cipher.ENCRYPT_MODE, spec, iv);
        }
        if (associated.length > 0) {
            cipher.updateAAD(associated);
        }
        return cipher.doFinal(value);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void gcm(byte[] key, byte[] iv, String value) throws GeneralSecurityException {
        String mode = "AES/GCM/NoPadding";
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        byte[] none = new byte[0];
        byte[] sealed = seal(mode, key, new GCMParameterSpec(128, iv), text, none);
        say("opens", "as it should be", base64(sealed));
        say("opens,line_breaks", "getMimeEncoder", Base64.getMimeEncoder().encodeToString(sealed));
        say("opens", "getUrlEncoder", Base64.getUrlEncoder().encodeToString(sealed));
        say("raw_bytes", "new String(bytes)", new String(sealed, StandardCharsets.UTF_8));
        say("hex_text", "HexFormat", HexFormat.of().withUpperCase().formatHex(sealed));
        byte[] cut = Arrays.copyOf(iv, 12);
        say("iv_cut", "an IV of 12 bytes", base64(seal(mode, key, new GCMParameterSpec(128, cut), text, none)));
        say("tag_short", "a tag of 96 bits", base64(seal(mode, key, new GCMParameterSpec(96, iv), text, none)));
        say("tag_wrong", "updateAAD with the IV", base64(seal(mode, key, new GCMParameterSpec(128, iv), text, iv)));
        byte[] utf16 = value.getBytes(StandardCharsets.UTF_16);
        say("other_charset", "UTF_16", base64(seal(mode, key, new GCMParameterSpec(128, iv), utf16, none)));
        byte[] wide = value.getBytes(StandardCharsets.UTF_16LE);
        say("other_charset", "UTF_16LE", base64(seal(mode, key, new GCMParameterSpec(128, iv), wide, none)));
    }

    private static void cfb(byte[] key, byte[] iv, String value) throws GeneralSecurityException {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        byte[] none = new byte[0];
        IvParameterSpec spec = new IvParameterSpec(iv);
        say("opens", "as it should be", base64(seal("AES/CFB/NoPadding", key, spec, text, none)));
        say("ecb", "AES alone", base64(seal("AES", key, null, text, none)));
        say("cfb8", "CFB8", base64(seal("AES/CFB8/NoPadding", key, spec, text, none)));
        say("cfb_segment", "CFB32", base64(seal("AES/CFB32/NoPadding", key, spec, text, none)));
        say("cfb_segment", "CFB64", base64(seal("AES/CFB64/NoPadding", key, spec, text, none)));
        say("padding", "PKCS5Padding", base64(seal("AES/CFB/PKCS5Padding", key, spec, text, none)));
        say("cbc", "CBC", base64(seal("AES/CBC/PKCS5Padding", key, spec, text, none)));
        say("ofb", "OFB", base64(seal("AES/OFB/NoPadding", key, spec, text, none)));
        say("ctr", "CTR", base64(seal("AES/CTR/NoPadding", key, spec, text, none)));
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(key);
        say("key_hashed", "SHA-256", base64(seal("AES/CFB/NoPadding", sha256, spec, text, none)));
        byte[] sha1 = Arrays.copyOf(MessageDigest.getInstance("SHA-1").digest(key), 16);
        say("key_hashed", "SHA-1 cut to 16", base64(seal("AES/CFB/NoPadding", sha1, spec, text, none)));
        byte[] zeros = new byte[16];
        say("iv_other", "new byte[16]", base64(seal("AES/CFB/NoPadding", key, new IvParameterSpec(zeros), text, none)));
        if (key.length == 16) {
            byte[] wide = new String(key, StandardCharsets.US_ASCII).getBytes(StandardCharsets.UTF_16LE);
            say("key_utf16", "a key in UTF_16LE", base64(seal("AES/CFB/NoPadding", wide, spec, text, none)));
        }
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String input = reader.readLine(); input != null; input = reader.readLine()) {
            String[] parts = input.split("\t");
            byte[] key = parts[1].getBytes(StandardCharsets.US_ASCII);
            byte[] iv = parts[2].getBytes(StandardCharsets.US_ASCII);
            if (parts[0].endsWith("GCM")) {
                gcm(key, iv, parts[3]);
            } else {
                cfb(key, iv, parts[3]);
            }
            line += 1;
        }
    }
}
