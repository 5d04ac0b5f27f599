using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Files;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Bodies;

/// <summary>
/// The keys that bodies are sealed with: one a tenant and day, random, in an envelope of the tenant's in the day's own folder. With the
/// file gone, every copy of what it sealed is gone too. Thread-safe.
/// </summary>
/// <remarks>With random IVs a key is good for 2^32 bodies (NIST SP 800-38D, 8.3), 50,000 a second for a whole day.</remarks>
internal sealed class BodyKeys(Envelope envelope)
{
    public const string FileName = "key";

    private readonly ConcurrentDictionary<(Id<Tenant> Tenant, DateOnly Day), byte[]> _opened = new();

    /// <summary>The key of the day, made where there is none. Blocks.</summary>
    /// <param name="folder">The day's, which is there.</param>
    /// <exception cref="EnvelopeException">It doesn't open.</exception>
    /// <exception cref="IOException">It can't be read or made.</exception>
    public byte[] GetOrCreate(Id<Tenant> tenant, DateOnly day, string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (File.Exists(file))
        {
            return Open(tenant, day, file);
        }

        // Also where it was known and its file is gone: what were sealed with it now could never be opened.
        _opened.TryRemove((tenant, day), out _);
        var key = RandomNumberGenerator.GetBytes(NamedKey.Length);
        ProtectedFile.TryCreate(file, Encoding.ASCII.GetBytes(envelope.Seal(tenant, NameOf(day), key)));
        CryptographicOperations.ZeroMemory(key);
        return Open(tenant, day, file); // Another process may have been faster, and then its key counts.
    }

    /// <summary>The key of a day that has one.</summary>
    public byte[] Open(Id<Tenant> tenant, DateOnly day, string file)
    {
        if (_opened.TryGetValue((tenant, day), out var known))
        {
            return known;
        }

        var key = envelope.Open(tenant, NameOf(day), File.ReadAllText(file, Encoding.ASCII));
        return key.Length == NamedKey.Length
            ? _opened.GetOrAdd((tenant, day), key)
            : throw new EnvelopeException($"The sealed value '{NameOf(day)}' of tenant '{tenant}' is no key: restore the file '{file}'.");
    }

    /// <summary>Seals the key of a day under the current data encryption key; false where it is already, or gone.</summary>
    /// <exception cref="EnvelopeException">It doesn't open.</exception>
    public bool Rewrap(Id<Tenant> tenant, DateOnly day, string file)
    {
        var text = File.Exists(file) ? File.ReadAllText(file, Encoding.ASCII) : "";
        if (!envelope.NeedsRewrap(text))
        {
            return false;
        }

        ProtectedFile.Replace(file, Encoding.ASCII.GetBytes(envelope.Rewrap(tenant, NameOf(day), text)));
        return true;
    }

    public void Forget(Id<Tenant> tenant, DateOnly day) => _opened.TryRemove((tenant, day), out _);

    /// <summary>What the envelope is bound to.</summary>
    private static string NameOf(DateOnly day) => $"bodies/{BodyName.DayText(day)}";
}
