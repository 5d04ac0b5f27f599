using System.Globalization;
using System.Text;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>The notes of a vault's changes. Of a secret they say which envelope it lies in, and nothing of what is in it.</summary>
internal static class VaultNotes
{
    /// <value>Characters of the envelope's digest: enough to tell which of two it was.</value>
    private const int DigestLength = 16;

    public static void Add(
        VaultContent content,
        GovernedChange kind,
        string reference,
        ChangeOrigin origin,
        string? before,
        string? after
    ) => Add(content, NoteText.New(kind, reference, origin, Now()) with { Before = Parts(before), After = Parts(after) });

    public static void AddResealed(VaultContent content, int secrets, ChangeOrigin origin, string envelope) =>
        Add(
            content,
            NoteText.New(GovernedChange.SecretsResealed, "vault://local", origin, Now()) with
            {
                After = new(StringComparer.Ordinal)
                {
                    ["key"] = KeyOf(envelope),
                    ["secrets"] = secrets.ToString(CultureInfo.InvariantCulture),
                },
            }
        );

    /// <summary>Oldest first.</summary>
    /// <exception cref="CredentialSourceException">One isn't a note.</exception>
    public static IReadOnlyList<ChangeNote> Of(VaultContent content)
    {
        try
        {
            return [.. content.Notes.Values.Select(NoteText.Read).OrderBy(note => note.At).ThenBy(note => note.Id, StringComparer.Ordinal)];
        }
        catch (FormatException e)
        {
            throw new CredentialSourceException($"The vault file's notes of changes can't be read: {e.Message}", e);
        }
    }

    private static void Add(VaultContent content, ChangeNote note) => content.Notes.Add(note.Id, NoteText.Write(note));

    private static SortedDictionary<string, string> Parts(string? envelope) =>
        envelope is null
            ? []
            : new(StringComparer.Ordinal)
            {
                ["envelope"] = Sha256Digest.Compute(Encoding.UTF8.GetBytes(envelope)).ToString()[..DigestLength],
                ["key"] = KeyOf(envelope),
            };

    private static string KeyOf(string envelope) => EnvelopeText.TryParse(envelope, out var parsed) ? parsed.KeyId.ToString() : "";

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
