using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>Reads a mounted file as the text of a secret: bounded, and UTF-8 or nothing.</summary>
internal static class MountedText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null where there is no such file.</summary>
    /// <exception cref="CredentialSourceException">It is no credential.</exception>
    public static string? Find(string file, CredentialReference reference)
    {
        try
        {
            return File.Exists(file) ? Read(file, reference) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string Read(string file, CredentialReference reference)
    {
        using var stream = File.OpenRead(file);
        var bytes = new byte[SecretText.MaxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > SecretText.MaxBytes)
        {
            throw new CredentialSourceException($"The file of '{reference}' is over {SecretText.MaxBytes} bytes: that is no credential.");
        }

        try
        {
            var text = Utf8.GetString(bytes, 0, length);
            var end =
                text.EndsWith("\r\n", StringComparison.Ordinal) ? 2
                : text.EndsWith('\n') ? 1
                : 0;
            return text[..^end];
        }
        catch (DecoderFallbackException)
        {
            // Not handed on: it says which bytes of the secret were wrong.
            throw new CredentialSourceException($"The file of '{reference}' isn't UTF-8: that is no credential.");
        }
    }
}
