using System.Globalization;
using System.Text;
using Gateway.LoadTests.Client;

namespace Gateway.LoadTests.Scenarios;

/// <summary>
/// A name, a request that can be made again and again, and what its answer must hold: an answer that is fast and wrong counts for nothing.
/// </summary>
public sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>One line for the report.</summary>
    public required string Says { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Body { get; init; }

    /// <summary>The agent of <see cref="Targets.LoadGovernance"/> that sends it.</summary>
    public string Agent { get; init; } = Busy;

    public bool Signed { get; init; } = true;

    /// <summary>Whether each signature is spoiled after it was made.</summary>
    public bool Forged { get; init; }

    /// <summary>Whether only Gateway can be asked, since a proxy without governance has nothing to compare it with.</summary>
    public bool OnlyGoverned { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Stands in every right answer.</summary>
    public required string Marker { get; init; }

    /// <summary>Stands in every right answer that came through Gateway: it shows that what should be on was on.</summary>
    public string GovernedMarker { get; init; } = "";

    public const string Busy = "busy";
    public const string Streamer = "streamer";

    /// <summary>A request of its own for one connection, since signing changes it in place.</summary>
    /// <param name="extraHeaders">Whole lines that the target asks for, each with its line end.</param>
    public PreparedRequest Prepare(Uri address, IReadOnlyDictionary<string, AgentKeys> agents, string extraHeaders)
    {
        var (body, agent) = (Encoding.UTF8.GetBytes(Body), agents[Agent]);
        return Signed
            ? new PreparedRequest(
                RequestText.Signed(address, Method, Path, body, agent, extraHeaders),
                body,
                agent.SigningKey,
                TimeProvider.System
            )
            {
                Forged = Forged,
            }
            : new PreparedRequest(RequestText.Bearer(address, Method, Path, body, agent, extraHeaders), body, null, TimeProvider.System);
    }

    public AnswerCheck Check(bool governed) =>
        new(Status, Encoding.UTF8.GetBytes(governed && GovernedMarker.Length > 0 ? GovernedMarker : Marker));
}

/// <summary>Whether an answer is the right one.</summary>
public sealed class AnswerCheck(int status, byte[] marker)
{
    public bool Passes(Answer answer) => answer.Status == status && answer.Body.IndexOf(marker) >= 0;

    /// <summary>What was wrong with it, short enough for a line of a report.</summary>
    public string Complaint(Answer answer) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{answer.Status} in place of {status} with '{Encoding.UTF8.GetString(marker)}': "
                + $"{Encoding.UTF8.GetString(answer.Body[..Math.Min(300, answer.Body.Length)])}"
        );
}
