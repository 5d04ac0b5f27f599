using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Serving;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;

namespace Gateway.Cli.Commands.Gate;

/// <summary>
/// <c>gateway gate eval</c>: judges one intent by a rule file. Nothing is carried out; only exit code 0 says that it may be.
/// </summary>
internal sealed class GateEvalCommand : LeafCommand
{
    private readonly GateOptions _options = new();

    public GateEvalCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "eval",
            "Judge one intent by a rule file.",
            "gateway gate eval --policy rules.yaml --intent intent.json --private-key gait-out/keys/gait_private.key",
            explains: false
        )
    {
        foreach (var option in _options.All)
        {
            Add(option);
        }
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await GateEvaluation.JudgeAsync(
                _options.Read(parsed, Configuration, TimeProvider.System),
                TimeProvider.System,
                cancellationToken
            );
            return Result(answer, parsed.GetValue(_options.Explain));
        }
        catch (GateBlockedException e)
        {
            return CommandResult.Refused(ExitCode.Blocked, e.Message, e.Remedy) with
            {
                Data = new() { ["verdict"] = RuleVerdicts.Word(Verdict.Block), ["reason_codes"] = new JsonArray(e.ReasonCode) },
            };
        }
    }

    private static CommandResult Result(GateResult answer, bool explain)
    {
        var decision = answer.Decision;
        return new CommandResult
        {
            Exit = decision.Outcome.Errors.Count > 0 ? ExitCode.InvalidInput : (ExitCode)CallDecision.ExitCodeOf(decision.Verdict),
            Data = explain ? GateExplanation.Of(answer) : GateJson.Of(answer),
            Lines = explain ? [] : Lines(answer),
            Views = explain ? [GateTree.Of(answer)] : [],
            Errors = ErrorsOf(answer),
            Warnings = answer.Trace is null
                ? [.. answer.Request.Warnings, "No trace was signed: no private key is named."]
                : answer.Request.Warnings,
        };
    }

    private static IReadOnlyList<string> Lines(GateResult answer)
    {
        var decision = answer.Decision;
        (string Name, string Text)[] all =
        [
            ("verdict", RuleVerdicts.Word(decision.Verdict)),
            ("reasons", string.Join(", ", decision.ReasonCodes)),
            ("violations", string.Join(", ", decision.Violations)),
            ("matched rule", string.Join(", ", decision.Outcome.MatchedRules)),
            ("would have been", decision.Simulated is { } simulated ? RuleVerdicts.Word(simulated.Verdict) : ""),
            ("trace", answer.Trace?.Path ?? ""),
            ("policy", answer.Request.Policy.Digest.ToString()),
        ];
        return [.. all.Where(line => line.Text.Length > 0).Select(line => $"{line.Name}: {line.Text}")];
    }

    private static IReadOnlyList<CommandError> ErrorsOf(GateResult answer)
    {
        var decision = answer.Decision;
        if (decision.Outcome.Errors.Count > 0)
        {
            return
            [
                .. decision.Outcome.Errors.Select(error => new CommandError(
                    $"The intent can't be judged: {error.Field}{(error.Field.Length > 0 ? ": " : "")}{error.Problem}",
                    "Correct the intent."
                )),
            ];
        }

        var why = string.Join(", ", decision.ReasonCodes);
        return decision.Verdict switch
        {
            Verdict.Allow => [],
            Verdict.Degrade => [new CommandError($"Only a dry run is allowed: {why}.", "Say what it would do, and do nothing.")],
            Verdict.RequireApproval => [new CommandError($"It needs {decision.RequiredApprovals} approvals: {why}.", "Have it approved.")],
            Verdict.Block => [new CommandError($"Blocked: {why}.", "Ask for less, or have the rule changed; --explain shows it.")],
        };
    }
}
