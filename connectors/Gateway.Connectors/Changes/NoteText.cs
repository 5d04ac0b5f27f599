using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Changes;

/// <summary>Notes of changes as they lie beside what they are about: JSON.</summary>
internal static class NoteText
{
    private const int IdLength = 32;

    public static ChangeNote New(GovernedChange kind, string subject, ChangeOrigin origin, DateTimeOffset at) =>
        new()
        {
            Id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true),
            Kind = kind,
            Subject = subject,
            Origin = origin,
            At = at,
        };

    public static string Write(ChangeNote note) => JsonSerializer.Serialize(note);

    /// <exception cref="FormatException">It doesn't hold what only Gateway writes there.</exception>
    public static ChangeNote Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ChangeNote>(text) is { Id.Length: IdLength } note
                ? note
                : throw new FormatException("A change's note says nothing.");
        }
        catch (JsonException e)
        {
            throw new FormatException("A change's note isn't one that Gateway wrote.", e);
        }
    }
}
