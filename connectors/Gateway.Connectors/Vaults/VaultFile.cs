using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Files;

namespace Gateway.Connectors.Vaults;

/// <summary>One tenant's file of the local vault, <c>{ "path": { "field": "envelope" } }</c>: read whole and replaced whole.</summary>
internal static class VaultFile
{
    /// <value>The largest file, in bytes.</value>
    private const int MaxBytes = 16 * 1024 * 1024;

    private static readonly JsonSerializerOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        WriteIndented = true,
        MaxDepth = 4,
    };

    /// <summary>What is stored, in the order of its names; empty where there is no file.</summary>
    /// <exception cref="CredentialSourceException">The file is there and can't be read, or isn't in the vault's form.</exception>
    public static VaultContent Read(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MaxBytes })
            {
                throw new CredentialSourceException($"The vault file '{file}' is over {MaxBytes} bytes: it isn't one that Gateway wrote.");
            }

            var read = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string?>?>>(File.ReadAllBytes(file), Strict);
            return VaultContent.From(read ?? throw new JsonException("The vault file holds nothing."));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CredentialSourceException($"The vault file '{file}' can't be read ({e.GetType().Name}): restore it.", e);
        }
    }

    /// <exception cref="CredentialSourceException">It can't be written; the old content is still there.</exception>
    public static void Write(string file, VaultContent content)
    {
        try
        {
            ProtectedFile.Replace(file, JsonSerializer.SerializeToUtf8Bytes(content.ToFile(), Strict));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialSourceException(
                $"The vault file '{file}' can't be written ({e.GetType().Name}): let this process write there.",
                e
            );
        }
    }
}
