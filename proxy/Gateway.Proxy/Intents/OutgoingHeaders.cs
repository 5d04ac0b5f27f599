using System.Text;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>
/// The headers that go on, and no others: what the operation declares of what came in, and the body's type. Their digest is part of the
/// intent.
/// </summary>
public sealed class OutgoingHeaders
{
    /// <summary>Bytes of most requests' headers; more take an array.</summary>
    private const int UsualLength = 512;

    private static readonly Sha256Digest EmptyDigest = Sha256Digest.Compute([]);

    private OutgoingHeaders(IReadOnlyList<KeyValuePair<string, string>> all, Sha256Digest digest) => (All, Digest) = (all, digest);

    /// <summary>Lower-case names in byte order; one value each.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All { get; }

    /// <summary>Of <c>name:value\n</c> for each.</summary>
    public Sha256Digest Digest { get; }

    /// <param name="replaced">Declared headers that go on with these values, or with an empty one not at all.</param>
    /// <param name="mirrored">Headers that go on beside the declared ones.</param>
    public static Result<OutgoingHeaders> From(
        IHeaderDictionary headers,
        Operation operation,
        bool hasBody,
        IReadOnlyList<KeyValuePair<string, string>>? replaced = null,
        IReadOnlyList<string>? mirrored = null
    )
    {
        var all = new List<KeyValuePair<string, string>>(operation.RequestHeaders.Count + 1);
        foreach (var name in operation.RequestHeaders)
        {
            if (!hasBody && name.StartsWith("content-", StringComparison.Ordinal))
            {
                continue; // Says something of a body that isn't there.
            }

            if (ValueOf(replaced, name) is { } other)
            {
                if (other.Length > 0)
                {
                    all.Add(new(name, other));
                }

                continue;
            }

            if (!Take(headers, name, all))
            {
                return new Refusal(ReasonCode.MalformedRequest, $"The header {name} must be sent once, in visible ASCII.");
            }
        }

        for (var i = 0; i < (mirrored?.Count ?? 0); i++)
        {
            if (!Take(headers, mirrored![i], all))
            {
                return new Refusal(ReasonCode.MalformedRequest, $"The header {mirrored[i]} must be sent once, in visible ASCII.");
            }
        }

        if (hasBody && !operation.RequestHeaders.Contains("content-type") && !Take(headers, "content-type", all))
        {
            return new Refusal(ReasonCode.MalformedRequest, "The content type must be visible ASCII.");
        }

        all.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new OutgoingHeaders(all, DigestOf(all));
    }

    /// <summary>The name of the first header that the agent's proof doesn't cover; null for none.</summary>
    public string? Uncovered(VerifiedAgent agent)
    {
        foreach (var (name, _) in All)
        {
            if (!agent.Vouches(name))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The digest that an outgoing request's headers must have.</summary>
    public static Sha256Digest DigestOf(IReadOnlyList<KeyValuePair<string, string>> sorted)
    {
        if (sorted.Count == 0)
        {
            return EmptyDigest;
        }

        var length = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            length += sorted[i].Key.Length + sorted[i].Value.Length + ":\n".Length;
        }

        var bytes = length <= UsualLength ? stackalloc byte[UsualLength] : new byte[length];
        var at = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            at += Encoding.ASCII.GetBytes(sorted[i].Key, bytes[at..]);
            bytes[at++] = (byte)':';
            at += Encoding.ASCII.GetBytes(sorted[i].Value, bytes[at..]);
            bytes[at++] = (byte)'\n';
        }

        return Sha256Digest.Compute(bytes[..at]);
    }

    /// <summary>Null where the header goes on as it came.</summary>
    private static string? ValueOf(IReadOnlyList<KeyValuePair<string, string>>? replaced, string name)
    {
        for (var i = 0; i < (replaced?.Count ?? 0); i++)
        {
            if (replaced![i].Key == name)
            {
                return replaced[i].Value;
            }
        }

        return null;
    }

    private static bool Take(IHeaderDictionary headers, string name, List<KeyValuePair<string, string>> all)
    {
        if (!headers.TryGetValue(name, out var values) || values.Count == 0)
        {
            return true;
        }

        if (values.Count > 1 || values[0] is not { } value || value.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            return false;
        }

        all.Add(new(name, value));
        return true;
    }
}
