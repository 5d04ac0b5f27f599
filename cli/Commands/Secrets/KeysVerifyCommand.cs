using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Secrets;

/// <summary><c>gateway keys verify</c>: whether a private and a public key belong together.</summary>
internal sealed class KeysVerifyCommand : LeafCommand
{
    private readonly SigningKeyOptions _keys = new();

    public KeysVerifyCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "verify",
            "Check that a pair of signing keys belongs together.",
            "gateway keys verify --private-key gait-out/keys/gait_private.key --public-key gait-out/keys/gait_public.key"
        )
    {
        Add(_keys.PrivateKey);
        Add(_keys.PrivateKeyEnv);
        Add(_keys.PublicKey);
        Add(_keys.PublicKeyEnv);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key =
            _keys.ReadPrivate(parsed, Configuration)
            ?? throw new InvalidInputException("No private key is named.", "Name its file with --private-key.");
        var expected = _keys.ReadPublic(parsed, Configuration);
        var belongs = expected is null || (key.PublicKey.Equals(expected) && expected.Verifies("gateway"u8, key.Sign("gateway"u8)));
        var data = new System.Text.Json.Nodes.JsonObject { ["key_id"] = key.PublicKey.KeyId, ["public_key"] = key.PublicKey.ToString() };
        return Task.FromResult(
            belongs
                ? CommandResult.Ok(data, $"key_id={key.PublicKey.KeyId}", "verify=ok")
                : CommandResult.Refused(
                    ExitCode.VerificationFailed,
                    $"The public key {expected!.KeyId} doesn't belong to the private key, whose own is {key.PublicKey.KeyId}."
                ) with
                {
                    Data = data,
                }
        );
    }
}
