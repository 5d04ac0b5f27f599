using System.Security.Cryptography;
using System.Text;
using Gateway.Cli.Results;
using Gateway.Evidence.Signing;

namespace Gateway.Cli.Artifacts;

/// <summary>
/// The key that decisions are signed with while nothing is set up: made at first use, for its owner only, and kept, so that what it signed
/// can be verified afterwards.
/// </summary>
internal static class DevelopmentKey
{
    public static string PrivatePath { get; } = Path.Combine(ArtifactPaths.KeyFolder, "dev_private.key");

    private static string PublicPath { get; } = Path.Combine(ArtifactPaths.KeyFolder, "dev_public.key");

    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="InvalidInputException">What lies in its place is no key.</exception>
    public static Ed25519PrivateKey Open()
    {
        if (!File.Exists(PrivatePath))
        {
            Make();
        }

        var text = Encoding.ASCII.GetString(ArtifactFile.Read(PrivatePath, SigningKeyText.MaxBytes));
        var key = Ed25519PrivateKey.TryParse(text, out var found)
            ? found
            : throw new InvalidInputException($"'{PrivatePath}' is no private key.", "Remove it, and another one is made.");
        if (!File.Exists(PublicPath))
        {
            ArtifactFile.Write(PublicPath, Encoding.ASCII.GetBytes(key.PublicKey + "\n"));
        }

        return key;
    }

    /// <returns>Null where none was made yet.</returns>
    public static Ed25519PublicKey? FindPublic() => File.Exists(PublicPath) ? SigningKeyText.ReadPublicFile(PublicPath) : null;

    /// <summary>Of two that make one at once, the first one's stays.</summary>
    private static void Make()
    {
        var fresh = $"{PrivatePath}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        try
        {
            ArtifactFile.Write(fresh, SigningKeyText.Of(Ed25519PrivateKey.Create()), secret: true);
            File.Move(fresh, PrivatePath, overwrite: false);
        }
        catch (IOException) when (File.Exists(PrivatePath))
        {
            // Another process was faster.
        }
        finally
        {
            File.Delete(fresh);
        }
    }
}
