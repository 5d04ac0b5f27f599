using System.Globalization;
using System.Text;
using Gateway.LoadTests.Client;

namespace Gateway.LoadTests.Scenarios;

/// <summary>Whether an answer is the right one.</summary>
public sealed class AnswerCheck(int status, byte[] marker)
{
    public bool Passes(Answer answer) => answer.Status == status && answer.Body.IndexOf(marker) >= 0;

    /// <summary>What was wrong with it, short enough for a line of a report.</summary>
    public string Complaint(Answer answer) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{answer.Status} in place of {status} with '{Encoding.UTF8.GetString(marker)}': {Encoding.UTF8.GetString(answer.Body[..Math.Min(300, answer.Body.Length)])}"
        );
}
