using Gateway.Policy.Model;

namespace Gateway.Cli.Remote;

/// <summary>A Gateway that commands work on from elsewhere, under a name. No record: one would print its token.</summary>
internal sealed class RemoteProfile
{
    /// <value>The name that stands for the instance of this machine.</value>
    public const string Local = "local";

    public required string Address { get; init; }

    /// <value>The authority of the listener's certificate in PEM; empty for those of the machine.</value>
    public string Ca { get; init; } = "";

    /// <value>An operator's, <c>gwo_…</c>: whoever has it works as that operator.</value>
    public required string Token { get; init; }

    /// <summary>Of a profile, and not of this machine.</summary>
    public static bool IsName(string text) => Id<RemoteProfile>.TryParse(text, out _) && text != Local;

    /// <exception cref="Results.InvalidInputException">What is kept can't be used.</exception>
    public Endpoint At(string name) => new($"the profile '{name}'", Address, Ca, Token);
}
