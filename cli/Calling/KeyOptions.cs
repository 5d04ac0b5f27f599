using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Calling;

/// <summary>The options that say what a call is signed with.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string> _secret = new("--secret")
    {
        Description = "The runtime secret. Others can see it in the process list: GATEWAY_AGENT_SECRET or --secret-file is better.",
        HelpName = "gws_…",
    };

    private readonly Option<string> _secretFile = new("--secret-file")
    {
        Description = "A file that holds the runtime secret.",
        HelpName = "file",
    };

    private readonly Option<string> _keyId = new("--key-id") { Description = "p256: the key's id.", HelpName = "tenant.id" };
    private readonly Option<string> _privateKey = new("--private-key")
    {
        Description = "p256: the private key, PEM.",
        HelpName = "file.pem",
    };

    private readonly Option<int> _keyVersion = new("--key-version")
    {
        Description = "The version that the secret was issued with.",
        DefaultValueFactory = _ => 1,
    };

    public KeyOptions(Command command)
    {
        foreach (var option in (ReadOnlySpan<Option>)[_secret, _secretFile, _keyId, _privateKey, _keyVersion])
        {
            command.Add(option);
        }
    }

    /// <exception cref="InvalidInputException">There is no key, more than one kind of it, or it can't be used.</exception>
    public Task<AgentKey> ReadAsync(
        ParseResult parsed,
        CommandConfiguration configuration,
        Id<Agent> agent,
        CancellationToken cancellationToken
    ) =>
        new GivenKey(
            parsed.GetValue(_secret),
            parsed.GetValue(_secretFile),
            parsed.GetValue(_keyId),
            parsed.GetValue(_privateKey),
            parsed.GetValue(_keyVersion)
        ).ReadAsync(configuration, agent, cancellationToken);
}
