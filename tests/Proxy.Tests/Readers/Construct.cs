using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Gateway.Proxy.Tests.Readers;

/// <summary>A request that readers may take for different ones, and what it is to a reader who is strict.</summary>
/// <param name="Target">Below the connector's address.</param>
/// <param name="Body">Null for none.</param>
internal sealed record Construct(string Method, string Target, byte[]? Body = null, string Type = "application/json")
{
    private const string Form = "application/x-www-form-urlencoded";

    public string[] Headers { get; init; } = [];

    /// <summary>Stands before the content length.</summary>
    public string Sign { get; init; } = "";

    public static Construct Get(string target) => new("GET", target);

    /// <param name="json">Each character is a byte.</param>
    public static Construct Note(string json, string type = "application/json") =>
        new("POST", "/contacts/c-1/notes", Encoding.Latin1.GetBytes(json), type);

    public static Construct OfForm(string form, string type = Form) => new("POST", "/forms", Encoding.Latin1.GetBytes(form), type);

    /// <summary>What Gateway judged: the operation that it recorded, and the texts as a strict reader has them.</summary>
    /// <exception cref="JsonException">The body is no JSON: no such request may pass.</exception>
    public Reading Judged(string operation)
    {
        var question = Target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? Target : Target[..question];
        var segments = path.Split('/');
        var fields =
            Body is null or [] ? []
            : Type.StartsWith(Form, StringComparison.Ordinal) ? Pairs(Encoding.Latin1.GetString(Body))
            : Members(Body);
        return new Reading(
            operation,
            operation is "get-contact" or "add-note" or "delete-contact" ? Uri.UnescapeDataString(segments[2]) : null,
            question < 0 ? null : Only(Pairs(Target[(question + 1)..]), "scope"),
            Only(fields, "text"),
            Only(fields, "amount")
        );
    }

    private static string? Only(IReadOnlyList<(string Name, string Value)> pairs, string name)
    {
        var values = pairs.Where(pair => pair.Name == name).Select(pair => pair.Value).ToArray();
        Assert.True(values.Length < 2, $"'{name}' is there twice, and passed.");
        return values.SingleOrDefault();
    }

    private static List<(string Name, string Value)> Pairs(string text) =>
        [
            .. text.Split('&')
                .Select(pair => pair.Split('=', 2))
                .Select(pair => (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""))),
        ];

    private static List<(string Name, string Value)> Members(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind != JsonValueKind.Object
            ? []
            :
            [
                .. document
                    .RootElement.EnumerateObject()
                    .Where(member => member.Value.ValueKind != JsonValueKind.Null)
                    .Select(member => (member.Name, member.Value.ToString())),
            ];
    }
}

/// <summary>What somebody understood of a request; null for what isn't there.</summary>
internal sealed record Reading(string? Operation, string? Id, string? Scope, string? Text, string? Amount)
{
    /// <param name="said">As a system behind the gateway says it.</param>
    public static Reading Of(JsonElement said) =>
        new(Member(said, "operation"), Member(said, "id"), Member(said, "scope"), Member(said, "text"), Member(said, "amount"));

    /// <summary>Equal, with a parameter that is empty taken for none, and numbers compared as numbers.</summary>
    public void AssertSame(Reading other)
    {
        Assert.Equal(this with { Amount = null, Scope = Something(Scope) }, other with { Amount = null, Scope = Something(other.Scope) });
        Assert.True(SameNumber(Amount, other.Amount), $"Gateway judged the amount {Amount}, and the system understood {other.Amount}.");
    }

    private static string? Something(string? text) => text is { Length: > 0 } ? text : null;

    // Whole numbers are exact to conditions, and others are doubles.
    private static bool SameNumber(string? one, string? other) =>
        one == other
        || (
            long.TryParse(one, CultureInfo.InvariantCulture, out var whole)
                ? decimal.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact == whole
                : double.TryParse(one, CultureInfo.InvariantCulture, out var a)
                    && double.TryParse(other, CultureInfo.InvariantCulture, out var b)
                    && a.Equals(b)
        );

    private static string? Member(JsonElement said, string name) =>
        said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
