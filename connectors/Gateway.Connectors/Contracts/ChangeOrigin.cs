using System.Globalization;

namespace Gateway.Connectors.Contracts;

/// <summary>Who changes something, from where, and why.</summary>
/// <param name="By">Such as <c>os:root</c> for a user of the operating system.</param>
/// <param name="From">The machine and what ran there, such as <c>gw-1: gateway agents suspend</c>.</param>
/// <param name="Reason">In the operator's words; may be empty.</param>
public sealed record ChangeOrigin(string By, string From, string Reason)
{
    private const string LoginFile = "/proc/self/loginuid";
    private const string StatusFile = "/proc/self/status";

    /// <value>Who was never logged in, as the kernel says it.</value>
    private const uint NoLogin = uint.MaxValue;

    /// <summary>
    /// The operating system's user that this process runs as. Where it logged in as another and then became this one, by <c>sudo</c> for
    /// one, that user's number is said too: the kernel keeps it.
    /// </summary>
    /// <param name="program">What runs, as it is typed; no arguments, which may tell secrets.</param>
    public static ChangeOrigin Local(string program, string reason)
    {
        var login = Number(LoginFile, static text => text);
        return new ChangeOrigin(UserOf(Environment.UserName, login, Own()), $"{Environment.MachineName}: {program}", reason);
    }

    /// <summary>The number of the user that this process runs as; null where nobody knows.</summary>
    internal static uint? Own() =>
        Number(
            StatusFile,
            static text => text.Split('\n').FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal))?.Split('\t')[1]
        );

    /// <summary>Who works as themselves is that user alone: the number says that somebody became another.</summary>
    /// <param name="login">The number that the kernel keeps of who logged in; null where nobody knows.</param>
    /// <param name="own">The number that the process runs as; where nobody knows it, the login's is said.</param>
    internal static string UserOf(string? name, uint? login, uint? own)
    {
        var user = string.IsNullOrEmpty(name) ? "unnamed" : name;
        return login is { } number and not NoLogin and not 0 && number != own ? $"os:{user} (login {number})" : $"os:{user}";
    }

    /// <param name="find">Gives what of the file is the number.</param>
    private static uint? Number(string file, Func<string, string?> find)
    {
        try
        {
            var text = find(File.ReadAllText(file))?.Trim();
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Another system, or one that keeps no such thing.
        }
    }
}
