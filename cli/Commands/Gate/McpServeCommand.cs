using System.CommandLine;
using System.Net;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Cli.Serving;
using Gateway.Cli.Settings;
using Gateway.Gait.Serving;
using Gateway.Gait.Traces;

namespace Gateway.Cli.Commands.Gate;

/// <summary><c>gateway mcp serve</c>: judges tool calls over HTTP and signs a trace of each. Executes nothing.</summary>
internal sealed class McpServeCommand : LeafCommand
{
    private const string Standard = "standard";
    private const string Strict = "strict";

    private readonly GovernanceOptions _governance = new();
    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Where to listen.",
        HelpName = "address:port",
        DefaultValueFactory = _ => "127.0.0.1:8787",
    };
    private readonly Option<string> _token = new("--auth-token-env")
    {
        Description = "The environment variable that holds the callers' token; required where other machines can reach it.",
        HelpName = "name",
    };
    private readonly Option<long> _bytes = new("--max-request-bytes")
    {
        Description = "The most bytes of a request.",
        DefaultValueFactory = _ => 1 << 20,
    };
    private readonly Option<string> _status = new("--http-verdict-status")
    {
        Description = "compat answers every verdict with 200.",
        DefaultValueFactory = _ => Strict,
    };
    private readonly Option<string> _profile = new("--profile")
    {
        Description = "oss-prod asks for the whole context.",
        DefaultValueFactory = _ => Standard,
    };
    private readonly Option<string> _stops = new("--kill-switch-state")
    {
        Description = "The emergency stops; where they can't be read, everything is blocked.",
        HelpName = "file",
    };
    private readonly Option<string> _traces = new("--trace-dir")
    {
        Description = "The folder of the signed traces.",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine(ArtifactPaths.Folder, "mcp-traces"),
    };
    private readonly SigningKeyOptions _keys = new();

    public McpServeCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "serve",
            "Judge tool calls over HTTP; nothing is executed.",
            "gateway mcp serve --policy gait-out/demo_policy.yaml --private-key gait-out/keys/gait_private.key"
        )
    {
        _profile.AcceptOnlyFromAmong(Standard, "oss-prod");
        _status.AcceptOnlyFromAmong(Strict, "compat");
        foreach (
            var option in (Option[])[.. _governance.All, _listen, _token, _bytes, _status, _profile, _stops, _traces, .. _keys.Signing]
        )
        {
            Add(option);
        }
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Read(parsed);
        var key = _keys.ReadSigning(parsed, Configuration, mayMake: parsed.GetValue(_profile) == Standard);
        var (policy, governed) = _governance.Read(parsed);
        var gate = new CallGate(
            policy.Policy,
            policy.Digest,
            key.Demand(),
            new TraceFolder(parsed.GetRequiredValue(_traces), TimeProvider.System),
            TimeProvider.System
        )
        {
            Governed = governed,
            ExplicitContext = parsed.GetValue(_profile) != Standard,
            KillSwitchFile = parsed.GetValue(_stops),
        };
        await new EvaluationService(gate, options).RunAsync(
            address =>
                Console.Error.WriteLine(string.Join('\n', [$"listening on {address}", .. key.Warnings.Select(w => "warning: " + w)])),
            cancellationToken
        );
        return CommandResult.Ok([]);
    }

    private EvaluationOptions Read(ParseResult parsed)
    {
        var text = parsed.GetRequiredValue(_listen).Replace("localhost:", "127.0.0.1:", StringComparison.Ordinal);
        if (!IPEndPoint.TryParse(text, out var listen) || !text.Contains(':', StringComparison.Ordinal))
        {
            throw new InvalidInputException($"'{text}' is no address with a port.", "Write --listen 127.0.0.1:8787.");
        }

        var token = parsed.GetValue(_token) is not { } name
            ? null
            : Configuration.Find(name)
                ?? throw new InvalidInputException(
                    $"The environment variable '{name}' isn't set.",
                    "Put a random token into it: openssl rand -base64 32"
                );
        var bytes = parsed.GetValue(_bytes) is > 0 and <= 1L << 22 and var given
            ? given
            : throw new InvalidInputException("--max-request-bytes is from 1 to 4194304.", "Leave it out for 1 MiB.");
        try
        {
            return new EvaluationOptions(listen, token) { MaxRequestBytes = bytes, CompatibleStatus = parsed.GetValue(_status) != Strict };
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException(
                e.Message.Split(" (Parameter", 2)[0],
                "Listen at 127.0.0.1, or name a token's variable with --auth-token-env."
            );
        }
    }
}
