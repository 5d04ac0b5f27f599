using System.Globalization;

namespace Gateway.Connectors.Contracts;

/// <summary>Who changes something, from where, and why.</summary>
/// <param name="By">Such as <c>os:root</c> for a user of the operating system.</param>
/// <param name="From">The machine and what ran there, such as <c>gw-1: gateway agents suspend</c>.</param>
/// <param name="Reason">In the operator's words; may be empty.</param>
public sealed record ChangeOrigin(string By, string From, string Reason)
{
    private const string LoginFile = "/proc/self/loginuid";

    /// <value>Who was never logged in, as the kernel says it.</value>
    private const uint NoLogin = uint.MaxValue;

    /// <summary>
    /// The operating system's user that this process runs as. Where it logged in as another and then became this one, by <c>sudo</c> for
    /// one, that user's number is said too: the kernel keeps it.
    /// </summary>
    /// <param name="program">What runs, as it is typed; no arguments, which may tell secrets.</param>
    public static ChangeOrigin Local(string program, string reason)
    {
        var user = Environment.UserName is { Length: > 0 } name ? name : "unnamed";
        var login = Login() is { } number and not NoLogin and not 0 ? $" (login {number})" : "";
        return new ChangeOrigin($"os:{user}{login}", $"{Environment.MachineName}: {program}", reason);
    }

    private static uint? Login()
    {
        try
        {
            return uint.TryParse(File.ReadAllText(LoginFile).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Another system, or one that keeps no such thing.
        }
    }
}
