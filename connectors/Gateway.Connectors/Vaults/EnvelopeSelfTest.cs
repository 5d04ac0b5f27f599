using System.Security.Cryptography;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>Tries a key out on a value of its own, so that broken cryptography is found before anything is stored with it.</summary>
internal static class EnvelopeSelfTest
{
    /// <summary>Whether the key opens what it sealed, and only under its own name.</summary>
    public static bool Opens(Envelope envelopes, NamedKey key)
    {
        var tenant = Id<Tenant>.Parse("self-test");
        var value = RandomNumberGenerator.GetBytes(NamedKey.Length);
        try
        {
            var envelope = EnvelopeCipher.Seal(key, tenant, "a", value);
            return envelopes.Open(tenant, "a", envelope).AsSpan().SequenceEqual(value) && !TryOpen(envelopes, tenant, "b", envelope);
        }
        catch (Exception e) when (e is EnvelopeException or CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static bool TryOpen(Envelope envelopes, Id<Tenant> tenant, string name, string envelope)
    {
        try
        {
            envelopes.Open(tenant, name, envelope);
            return true;
        }
        catch (EnvelopeException)
        {
            return false;
        }
    }
}
