using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Calling;

/// <summary>What a caller gave to sign with: a secret, a file of it, or a key pair. One of them makes a key.</summary>
/// <param name="privateKeyFile">PEM.</param>
/// <param name="version">The version that the secret was issued with.</param>
internal sealed class GivenKey(string? secret, string? secretFile, string? keyId, string? privateKeyFile, int version)
{
    /// <exception cref="InvalidInputException">There is no key, more than one kind of it, or it can't be used.</exception>
    public async Task<AgentKey> ReadAsync(CommandConfiguration configuration, Id<Agent> agent, CancellationToken cancellationToken)
    {
        var hasPair = keyId is not null || privateKeyFile is not null;
        if ((secret is null ? 0 : 1) + (secretFile is null ? 0 : 1) + (hasPair ? 1 : 0) > 1)
        {
            throw new InvalidInputException(
                "There is more than one key.",
                "Give one of --secret, --secret-file, or --key-id with --private-key."
            );
        }

        if (hasPair)
        {
            return keyId is not null && privateKeyFile is not null
                ? P256KeyPair.Read(keyId, await InputFile.ReadTextAsync(privateKeyFile, cancellationToken))
                : throw new InvalidInputException("A key pair needs its id and its private key.", "Give both --key-id and --private-key.");
        }

        var text = secretFile is not null
            ? await InputFile.ReadTextAsync(secretFile, cancellationToken)
            : secret ?? configuration.Find("GATEWAY_AGENT_SECRET");
        return text is not null
            ? AgentKey.FromSecret(text, agent, version)
            : throw new InvalidInputException(
                "There is no key to sign with.",
                "Set GATEWAY_AGENT_SECRET, or give --secret-file, or --key-id with --private-key."
            );
    }
}
