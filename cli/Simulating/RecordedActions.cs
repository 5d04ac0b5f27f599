using System.Text;
using System.Text.Json;
using Gateway.Authoring.Simulation;
using Gateway.Cli.Results;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Model;

namespace Gateway.Cli.Simulating;

/// <summary>Brings recorded actions into a simulation. What can't be read is counted and said, never passed over.</summary>
/// <param name="demand">Throws where what is in a tenant's journal may not be judged again.</param>
internal sealed class RecordedActions(PolicySimulation simulation, Progress progress, Action<Id<Tenant>> demand)
{
    private readonly HashSet<Id<Tenant>> _entitled = [];
    private string? _firstUnreadable;

    public PolicySimulation Simulation => simulation;

    public long Unreadable { get; private set; }

    /// <summary>What is wrong with the journal; null for nothing, or for a last record that is being written now.</summary>
    public LogProblem? Problem { get; private set; }

    public IReadOnlyList<string> Warnings =>
        Unreadable == 0 ? [] : [$"{Unreadable} records can't be judged again. The first: {_firstUnreadable}"];

    /// <exception cref="InvalidInputException">There is no journal.</exception>
    public void ReadJournal(string folder, CancellationToken cancellationToken)
    {
        var result = JournalDecisions.Read(folder, (log, index, body) => Add($"{log}.{index}", body, isJournal: true), cancellationToken);
        progress.End();
        if (result.Problem is { Kind: LogProblemKind.NoLog or LogProblemKind.Unreadable } none)
        {
            throw new InvalidInputException(none.ToString(), "Name a journal's root, one tenant's folder in it, or one log's.");
        }

        Problem = result.Problem is { Kind: LogProblemKind.TornTail } ? null : result.Problem;
    }

    /// <exception cref="InvalidInputException">A file can't be read.</exception>
    public void ReadFixtures(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            try
            {
                ReadFixture(file, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new InvalidInputException($"'{file}' can't be read: {e.Message}", "Name a file that this process may read.");
            }
        }

        progress.End();
    }

    private void ReadFixture(string file, CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                Add($"{file}:{number}", BodyOf(line));
            }
        }
    }

    /// <summary>Of a whole record, or the line as it is.</summary>
    private static ReadOnlyMemory<byte> BodyOf(string line)
    {
        try
        {
            using var record = JsonDocument.Parse(line);
            return Encoding.UTF8.GetBytes(
                record.RootElement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("body", out var body)
                    ? body.GetRawText()
                    : line
            );
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetBytes(line);
        }
    }

    private void Add(string receipt, ReadOnlyMemory<byte> body, bool isJournal = false)
    {
        if (RecordedAction.TryRead(body, out var action, out var problem))
        {
            if (isJournal && _entitled.Add(action.Intent.Tenant))
            {
                demand(action.Intent.Tenant);
            }

            simulation.Judge(new SimulatedAction(receipt, action.DecisionId, action.Intent, action.Facts, action.Verdict));
        }
        else
        {
            Unreadable++;
            _firstUnreadable ??= $"{receipt}: {problem}";
        }

        progress.Step();
    }
}
