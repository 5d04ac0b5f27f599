using System.CommandLine;
using System.Globalization;
using System.Text;
using Gateway.Authoring.Conformance;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Audit;

/// <summary><c>gateway atf check</c>: how far each agent meets the 25 requirements of the Agentic Trust Framework, and by what.</summary>
internal sealed class AtfCheckCommand : LeafCommand
{
    private readonly Argument<string> _folder = PathArgument.Create("DIR", "The folder of the documents.", required: true);

    private readonly Option<string> _journal = new("--journal")
    {
        Description = "A journal's root: what agents did is evidence too.",
        HelpName = "folder",
    };

    private readonly Option<string> _page = new("--out")
    {
        Description = "A file that the report is written to as a page of Markdown.",
        HelpName = "file",
    };

    private readonly Option<string> _day = new("--day")
    {
        Description = "The day that evidence must hold on, such as 2026-01-31, in UTC; today where it isn't given.",
        HelpName = "day",
    };

    public AtfCheckCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "check",
            "Say how far each agent meets the 25 requirements of the Agentic Trust Framework.",
            "gateway atf check governance --journal data/journal --out atf.md"
        )
    {
        Add(_folder);
        Add(_journal);
        Add(_page);
        Add(_day);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var snapshot = Governance.Compile(parsed.GetRequiredValue(_folder));
        var (records, unread) = parsed.GetValue(_journal) is { } journal ? Read(journal, cancellationToken) : (null, 0L);
        var report = AtfReport.Create(snapshot, records, Day(parsed.GetValue(_day)));
        if (parsed.GetValue(_page) is { } page)
        {
            ArtifactFile.Write(page, Encoding.UTF8.GetBytes(AtfPage.Of(report)));
        }

        return Task.FromResult(
            CommandResult.Ok(AtfJson.Of(report), [.. report.Agents.SelectMany(Lines)]) with
            {
                Warnings = [.. Warnings(records?.Problem, unread)],
            }
        );
    }

    /// <summary>What can't be read proves nothing: a journal that is broken isn't passed over.</summary>
    /// <exception cref="InvalidInputException">There is no journal.</exception>
    private static (AtfRecords Records, long Unread) Read(string folder, CancellationToken cancellationToken)
    {
        var (records, unread) = (new AtfRecords(), 0L);
        var result = JournalDecisions.Read(
            folder,
            (log, index, body) =>
            {
                if (RecordedAction.TryRead(body, out var action, out _))
                {
                    records.Add(action.Intent, string.Create(CultureInfo.InvariantCulture, $"{log}.{index}"));
                }
                else
                {
                    unread++;
                }
            },
            cancellationToken
        );
        return result.Problem switch
        {
            { Kind: LogProblemKind.NoLog or LogProblemKind.Unreadable } none => throw new InvalidInputException(
                none.ToString(),
                "Name a journal's root, one tenant's folder in it, or one log's."
            ),
            null or { Kind: LogProblemKind.TornTail } => (records, unread), // The last record is being written now.
            { } problem => (records.With(problem.ToString()), unread),
        };
    }

    private static DateOnly Day(string? given) =>
        given is null ? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)
        : DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new InvalidInputException($"'{given}' is no day.", "Write --day 2026-01-31.");

    private static IEnumerable<string> Warnings(string? problem, long unread)
    {
        if (problem is not null)
        {
            yield return $"The journal isn't whole, and counts only up to there: {problem}";
        }

        if (unread > 0)
        {
            yield return $"{unread} decisions can't be read, and don't count.";
        }
    }

    private static IEnumerable<string> Lines(AtfAgent agent)
    {
        var (assigned, backed) = (Vocabulary.Level.Text(agent.Assigned), Vocabulary.Level.Text(agent.Backed));
        yield return $"{agent.Agent.Tenant}/{agent.Agent.Id} (level {assigned}, {backed} is backed)";
        foreach (var row in agent.Rows)
        {
            var places = string.Join(", ", row.Evidence.SkipLast(1));
            yield return $"  {row.Requirement.Id} {row.Finding.Standing.Text(), -7} {row.Requirement.Asks}: {row.Finding.Why} [{places}]";
        }

        foreach (var level in Vocabulary.Level.Values)
        {
            var lacks = agent.LackingAt(level).Select(row => row.Requirement.Id);
            yield return $"  {Vocabulary.Level.Text(level)} wants in full and lacks: {string.Join(", ", lacks.DefaultIfEmpty("nothing"))}";
        }
    }
}
