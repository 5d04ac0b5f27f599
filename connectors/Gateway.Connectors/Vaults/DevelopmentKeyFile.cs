using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Files;

namespace Gateway.Connectors.Vaults;

/// <summary>The file of one key that Gateway makes for itself in development.</summary>
internal static class DevelopmentKeyFile
{
    /// <summary>Leaves a key that is there as it is.</summary>
    public static void Make(string folder, string file)
    {
        if (File.Exists(file))
        {
            // A read-only folder will do for a key that was made before.
            return;
        }

        OwnerOnly.CreateFolder(folder);
        var bytes = RandomNumberGenerator.GetBytes(NamedKey.Length);
        var key = new NamedKey("dev-" + RandomNumberGenerator.GetHexString(8, lowercase: true), bytes);
        CryptographicOperations.ZeroMemory(bytes);

        // Another process may be first; its key then counts, and this one is forgotten.
        ProtectedFile.TryCreate(file, Encoding.ASCII.GetBytes(KeySetting.Format(key) + "\n"));
    }
}
