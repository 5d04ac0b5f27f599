using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Explaining;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Cli.Commands.Audit;

/// <summary><c>gateway explain</c>: what stands behind an id that a client was shown.</summary>
internal sealed class ExplainCommand : LeafCommand
{
    private readonly Argument<string> _id = new("ID")
    {
        Description = "As the client shows it: of a refusal (ref_…), of a decision, or of a receipt.",
    };

    private readonly Option<string> _journal = new("--journal")
    {
        Description = "A journal's root; the instance's own unless it is given.",
        HelpName = "folder",
    };

    public ExplainCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "explain",
            "Say why something was refused, by the id that the client shows.",
            "gateway explain 4f5312a4ffa80c21c80e711a847bf75c"
        )
    {
        NoOption.Require(_id);
        Add(_id);
        Add(_journal);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(_id);
        var instance = LocalInstance.Open(Configuration);
        if (!id.StartsWith(RefusalIds.Start, StringComparison.Ordinal))
        {
            var journal = parsed.GetValue(_journal) ?? instance.JournalFolder;
            var found = DecisionSearch.Find(journal, id, cancellationToken);
            var (snapshot, questions) = RecordedQuestion.Of(journal, found, other: null);
            return Task.FromResult(WithOutcome(ExplainedQuestions.Show(snapshot, questions), found.Outcome));
        }

        var keys = instance.LoadKeys();
        return Task.FromResult(
            new RefusalIds(keys.Keys.BearerPepper, TimeProvider.System).Explain(id) is { } refusal
                ? Show(refusal) with
                {
                    Warnings = keys.Warnings,
                }
                : throw new InvalidInputException(
                    $"'{id}' is no id of a refusal of this instance.",
                    "Copy it whole, and run this with the instance's own BEARER_KEY_PEPPER (older keys behind the current one)."
                )
        );
    }

    /// <summary>What was let through can still have failed: then that is what the client was told.</summary>
    private static CommandResult WithOutcome(CommandResult explained, JsonObject? outcome)
    {
        if (outcome is null)
        {
            return explained;
        }

        explained.Data["outcome"] = outcome;
        var status = (string?)outcome["status"];
        var answered = outcome["http_status"] is { } http ? $" The system behind answered with {http}." : "";
        var reason = Reasons.TryParse((string?)outcome["reason"] ?? "", out var code) ? Reasons.Of(code) : null;
        return explained with
        {
            Lines =
            [
                $"It ended as '{status}'{(reason is null ? "" : $", {reason.Code}")}.{answered}",
                .. reason is null ? [] : new[] { reason.Message, reason.Remedy },
            ],
        };
    }

    private static CommandResult Show(ExplainedRefusal refusal)
    {
        var reason = Reasons.Of(refusal.Reason);
        var at = refusal.At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var door = Vocabulary.Door.Text(refusal.Door);
        return CommandResult.Ok(
            new()
            {
                ["at"] = at,
                ["code"] = reason.Code,
                ["status"] = reason.Status,
                ["door"] = door,
                ["message"] = reason.Message,
                ["remedy"] = reason.Remedy,
            },
            $"{at}: refused with {reason.Status} {reason.Code} at the door '{door}', before anything was decided.",
            reason.Message,
            reason.Remedy,
            "The journal has it at that second: with the agent and a note where one was proven, else counted by reason and source."
        );
    }
}
