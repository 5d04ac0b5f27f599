using System.Globalization;
using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;

namespace Gateway.Administration.Operations;

/// <summary>What a change to an operator came to, where it didn't come to what was asked.</summary>
internal static class OperatorProblems
{
    public static Problem Of(OperatorOutcome outcome, string name) =>
        outcome switch
        {
            OperatorOutcome.Stale => new(
                StatusCodes.Status412PreconditionFailed,
                "precondition_failed",
                $"'{name}' isn't any more what it was when it was read.",
                "Read it again, and decide again."
            ),
            OperatorOutcome.NameTaken => Problem.Conflict("name_taken", $"There is an operator '{name}'.", "Take another name."),
            OperatorOutcome.PersonTaken => Problem.Conflict(
                "person_taken",
                "There is another operator for that person.",
                "One person has one vote: change that operator, or name the right person."
            ),
            OperatorOutcome.Unknown => Problem.NotFound("such operator"),
            OperatorOutcome.Done => throw new ArgumentException("It was done.", nameof(outcome)),
        };
}

/// <summary>What keeps two who change the same from overwriting each other: RFC 9110's entity tags.</summary>
internal static class Versions
{
    public static void Say(HttpContext http, long version) =>
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <returns>Null where the request says which version it changes.</returns>
    public static Problem? Demand(HttpContext http, out long version)
    {
        version = 0;
        var said = http.Request.Headers.IfMatch;
        if (said.Count == 0)
        {
            return new(
                StatusCodes.Status428PreconditionRequired,
                "precondition_required",
                "The request doesn't say what it changes.",
                "Send the 'ETag' of what was read in 'If-Match'."
            );
        }

        return
            said is [{ Length: > 2 } tag]
            && tag[0] == '"'
            && tag[^1] == '"'
            && long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            ? null
            : Problem.Invalid("If-Match", "That is no version.", "Send the 'ETag' of what was read, as it was.");
    }
}
