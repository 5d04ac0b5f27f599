using System.Globalization;
using Gateway.Policy.Model;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// How a request asks to be handled where people must approve first. Read where they must, and nowhere else: what needs nobody is neither
/// held nor refused for it.
/// </summary>
/// <param name="Wait">How long it would wait (<c>Prefer: wait</c>, RFC 7240), up to <see cref="MostWait"/>; null where it doesn't
/// say.</param>
/// <param name="Approval">The approval that it presents (<c>Gateway-Approval</c>), unchecked; null for none.</param>
public sealed record HandlingAsked(TimeSpan? Wait, string? Approval)
{
    private const int MostApproval = 64;
    private const int MostDigits = 9;

    private static readonly HandlingAsked Nothing = new(null, null);

    /// <value>5 minutes: what a gate can hold a call for, too.</value>
    public static TimeSpan MostWait { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Other preferences are passed over, whatever they look like. A <c>wait</c> that two readers could take for two things is refused: one
    /// that is there twice, or is no whole number of seconds.
    /// </summary>
    public static Result<HandlingAsked> Read(IHeaderDictionary headers)
    {
        TimeSpan? wait = null;
        if (headers.TryGetValue("Prefer", out var preferences) && !TryReadWait(preferences, out wait))
        {
            return new Refusal(ReasonCode.MalformedRequest, "Prefer must say wait once, as whole seconds: 'Prefer: wait=60'.");
        }

        string? approval = null;
        if (headers.TryGetValue("Gateway-Approval", out var presented))
        {
            approval = presented.ToString();
            if (approval.Length is 0 or > MostApproval || approval.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
            {
                return new Refusal(ReasonCode.MalformedRequest, "Gateway-Approval must be the id of an approval, such as apr_….");
            }
        }

        return wait is null && approval is null ? Nothing : new HandlingAsked(wait, approval);
    }

    /// <summary>Says with the head of the answer, whoever writes it, that the caller's preference was heeded.</summary>
    public static void TellApplied(HttpResponse response, TimeSpan waited) =>
        response.OnStarting(() =>
        {
            response.Headers.Append("Preference-Applied", string.Create(CultureInfo.InvariantCulture, $"wait={(long)waited.TotalSeconds}"));
            return Task.CompletedTask;
        });

    private static bool TryReadWait(StringValues preferences, out TimeSpan? wait)
    {
        wait = null;
        foreach (var line in preferences)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                if (!TryCut(ref rest, out var preference) || (IsWait(preference, out var said) && !TryRead(said, ref wait)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The next of a list, without its parameters; false where a quoted text has no end, so that nobody knows it.</summary>
    private static bool TryCut(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> preference)
    {
        var (isQuoted, end) = (false, -1);
        for (var i = 0; i < rest.Length; i++)
        {
            if (isQuoted && rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && rest[i] is ',' or ';' && end < 0)
            {
                end = i; // Of the preference itself; its parameters may follow.
            }

            if (!isQuoted && rest[i] == ',')
            {
                preference = rest[..end];
                rest = rest[(i + 1)..];
                return true;
            }
        }

        preference = end < 0 ? rest : rest[..end];
        rest = [];
        return !isQuoted;
    }

    private static bool IsWait(ReadOnlySpan<char> preference, out ReadOnlySpan<char> said)
    {
        var equals = preference.IndexOf('=');
        said = equals < 0 ? [] : preference[(equals + 1)..].Trim(" \t");
        var name = equals < 0 ? preference : preference[..equals];
        return name.Trim(" \t").Equals("wait", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>False also where it was said before.</summary>
    private static bool TryRead(ReadOnlySpan<char> said, ref TimeSpan? wait)
    {
        if (wait is not null || said.Length is 0 or > MostDigits || said.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        var asked = TimeSpan.FromSeconds(int.Parse(said, CultureInfo.InvariantCulture));
        wait = asked < MostWait ? asked : MostWait;
        return true;
    }
}
