using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Cli.Verification;

namespace Gateway.Cli.Commands.Audit;

/// <summary><c>gateway trace verify</c>: proves one trace, or a folder of them with their chain.</summary>
internal sealed class TraceVerifyCommand : LeafCommand
{
    private readonly Argument<string> _path = PathArgument.Create("PATH", "A trace, or a folder of traces.", required: true);

    private readonly SigningKeyOptions _keys = new();

    public TraceVerifyCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "verify",
            "Check a signed trace, or a chain of them.",
            "gateway trace verify gait-out/traces --public-key gait-out/demo_public.key"
        )
    {
        Add(_path);
        Add(_keys.PublicKey);
        Add(_keys.PublicKeyEnv);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(_path);
        var key = _keys.ReadPublic(parsed, Configuration) ?? (Configuration.HasInstance ? null : DevelopmentKey.FindPublic());
        return Path.Exists(path)
            ? Task.FromResult(TraceVerificationView.Judge(new VerifyRequest(path, key, RequireSignature: true, cancellationToken)))
            : throw new InvalidInputException($"There is nothing at '{path}'.", "Name a trace, or a folder of traces.");
    }
}
