using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>What every source does with what it found: picks the field, and refuses what is no secret.</summary>
internal static class SecretText
{
    /// <value>The longest secret, in bytes of UTF-8: what an envelope holds.</value>
    public const int MaxBytes = Envelope.MaxPlaintextLength;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>
    /// Whether a source of this name may answer the reference at all. A reference can also be made without being parsed; its path
    /// becomes a file's name, so it is held to the same rules again.
    /// </summary>
    public static bool IsMeantFor(string provider, Id<Tenant> tenant, CredentialReference reference) =>
        !tenant.IsEmpty
        && reference.Provider == provider
        && CredentialReference.TryParse(reference.ToString(), out var parsed)
        && parsed == reference;

    /// <summary>The whole text, or one field of it where it is a JSON object of texts. Null where the object has no such field.</summary>
    /// <exception cref="CredentialSourceException">It isn't such an object, or what was asked for is empty or too long.</exception>
    public static Secret? Select(string text, CredentialReference reference)
    {
        if (reference.Field.Length == 0)
        {
            return Accept(text, reference);
        }

        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.TryGetProperty(reference.Field, out var value) ? Accept(value.GetString(), reference) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not handed on as the inner exception: a JSON error can quote what it read.
            throw new CredentialSourceException($"'{reference}' asks for a field, but what it names isn't a JSON object of texts.");
        }
    }

    /// <exception cref="CredentialSourceException">It is empty or too long: never to be sent as if it were a credential.</exception>
    public static Secret Accept(string? text, CredentialReference reference)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw new CredentialSourceException($"'{reference}' is there, but empty: store a value.");
        }

        return Encoding.UTF8.GetByteCount(text) <= MaxBytes
            ? new Secret(text)
            : throw new CredentialSourceException($"'{reference}' is over {MaxBytes} bytes: that is no credential.");
    }
}
