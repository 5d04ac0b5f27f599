using System.CommandLine;
using Gateway.Cli.Arguments;
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
    public async Task<AgentKey> ReadAsync(
        ParseResult parsed,
        CommandConfiguration configuration,
        Id<Agent> agent,
        CancellationToken cancellationToken
    )
    {
        var (secret, file) = (parsed.GetValue(_secret), parsed.GetValue(_secretFile));
        var (keyId, privateKey) = (parsed.GetValue(_keyId), parsed.GetValue(_privateKey));
        var hasPair = keyId is not null || privateKey is not null;
        if ((secret is null ? 0 : 1) + (file is null ? 0 : 1) + (hasPair ? 1 : 0) > 1)
        {
            throw new InvalidInputException(
                "There is more than one key.",
                "Give one of --secret, --secret-file, or --key-id with --private-key."
            );
        }

        if (hasPair)
        {
            return keyId is not null && privateKey is not null
                ? AgentKey.FromPair(keyId, await InputFile.ReadTextAsync(privateKey, cancellationToken))
                : throw new InvalidInputException("A key pair needs its id and its private key.", "Give both --key-id and --private-key.");
        }

        var text = file is not null
            ? await InputFile.ReadTextAsync(file, cancellationToken)
            : secret ?? configuration.Find("GATEWAY_AGENT_SECRET");
        return text is not null
            ? AgentKey.FromSecret(text, agent, parsed.GetValue(_keyVersion))
            : throw new InvalidInputException(
                "There is no key to sign with.",
                "Set GATEWAY_AGENT_SECRET, or give --secret-file, or --key-id with --private-key."
            );
    }
}
