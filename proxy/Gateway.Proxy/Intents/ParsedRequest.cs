using Gateway.Connectors.Contracts;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>An intent with everything that its request carries. Nothing has been decided about it.</summary>
public sealed class ParsedRequest
{
    public required RequestEnvelope Envelope { get; init; }
    public required VerifiedAgent Agent { get; init; }
    public required TenantSnapshot Tenant { get; init; }
    public required Intent Intent { get; init; }
    public required Connector Connector { get; init; }
    public required Operation Operation { get; init; }

    /// <summary>Null for anything but a model call.</summary>
    public ModelOffer? Offer { get; init; }

    public required BodyReading Reading { get; init; }

    /// <summary>What was sent and doesn't go on, by the names that the caller is told.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>By the ids that the body names: what the provider calls them.</summary>
    public IReadOnlyDictionary<string, string> Opened { get; init; } = CalledOperation.NoIds;

    public required RequestBody Body { get; init; }
    public required OutgoingHeaders Headers { get; init; }

    /// <summary>As the caller gave it; null when it gave none.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>Names that the caller gives its work: visible ASCII, or not at all.</summary>
/// <param name="Session">Of the header <c>Gateway-Session</c>; null for none.</param>
/// <param name="IdempotencyKey">Of the header <c>Idempotency-Key</c>; null for none.</param>
internal readonly record struct CallerNames(string? Session, string? IdempotencyKey)
{
    private const int MaxLength = 128;

    /// <summary>What a refusal of them says.</summary>
    public static readonly string Bounds = $"Gateway-Session and Idempotency-Key must be 1 to {MaxLength} visible ASCII characters.";

    /// <summary>Null where one of them is out of its bounds.</summary>
    public static CallerNames? Read(IHeaderDictionary headers) =>
        TryRead(headers, "Gateway-Session", out var session) && TryRead(headers, "Idempotency-Key", out var key) ? new(session, key) : null;

    /// <summary>True, and null, for a header that isn't there.</summary>
    private static bool TryRead(IHeaderDictionary headers, string header, out string? name)
    {
        name = headers.TryGetValue(header, out var values) ? values[0] : null;
        return name is null || (name.Length is > 0 and <= MaxLength && name.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0);
    }
}

/// <summary>Which of a connector's operations a method and a path call.</summary>
internal static class OperationMatch
{
    /// <summary>
    /// The operation that fits; where several do, the one with more fixed segments. Equal ones are refused when documents load. Null where
    /// none fits, or where a hole takes what the system could read as another operation's fixed segment.
    /// </summary>
    public static Operation? Find(Connector connector, string method, string path) =>
        Find(connector, method, path, out var isAmbiguous) is { } operation && !isAmbiguous ? operation : null;

    /// <param name="isAmbiguous">Whether the one that fits may not be the one that the system would take the path for.</param>
    public static Operation? Find(Connector connector, string method, string path, out bool isAmbiguous)
    {
        Operation? best = null;
        var at = 0;
        for (var i = 0; i < connector.Operations.Count; i++)
        {
            var operation = connector.Operations[i];
            if (
                operation.Methods.Contains(method)
                && operation.Path.Matches(path)
                && (best is null || operation.Path.Literals > best.Path.Literals)
            )
            {
                (best, at) = (operation, i);
            }
        }

        isAmbiguous = best is not null && connector.SiblingsOf(at).AreTaken(path, connector.Compares);
        return best;
    }
}
