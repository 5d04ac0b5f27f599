using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Notices;

/// <summary>
/// What is told, in words for people. What somebody else wrote stands in it with everything spelt out that would hide or turn round what it
/// says.
/// </summary>
/// <param name="Title">What it is about, without anything that somebody else wrote.</param>
/// <param name="Subject">The same with who and what, on one line.</param>
/// <param name="Lines">One line each, whatever is in it.</param>
/// <param name="Link">Where to decide; empty where nobody said where that is: the lines say the command then.</param>
internal sealed record NoticeText(string Title, string Subject, IReadOnlyList<string> Lines, string Link)
{
    /// <param name="link">Empty where nobody said it.</param>
    public static NoticeText Of(NoticeFacts facts, string link)
    {
        var (agent, what) = (VisibleText.Of(facts.Agent), VisibleText.Of($"{facts.Connector}/{facts.Operation}"));
        var (title, subject) = facts.State switch
        {
            _ when facts.Emergency is { } emergency => (
                "Glass was broken: an incident",
                $"{VisibleText.Of(emergency.Person)} lets {what} by {agent} go ahead in an emergency"
            ),
            "pending" => ("An approval is asked for", $"{agent} asks for an approval of {what}"),
            "approved" => ("An approval was given", $"{what} by {agent} is approved"),
            "denied" => ("An approval was denied", $"{what} by {agent} is denied"),
            "expired" => ("An approval has expired", $"The approval of {what} by {agent} has expired"),
            _ => ("An approval was taken back", $"The approval of {what} by {agent} was taken back"),
        };
        return new NoticeText(title, subject, [.. Write(facts, agent, what, link)], link);
    }

    private static IEnumerable<string> Write(NoticeFacts facts, string agent, string what, string link)
    {
        yield return $"What: {what} ({VisibleText.Of(facts.Action)}, risk {VisibleText.Of(facts.Risk)})";
        yield return $"Who asks: {agent}, of {(facts.Owner.Length == 0 ? "nobody" : VisibleText.Of(facts.Owner))}, in {facts.Tenant}";
        foreach (var reason in facts.Reasons)
        {
            yield return $"Why: {VisibleText.Of(reason.Text.Length == 0 ? reason.Code : $"{reason.Text} ({reason.Code})")}";
        }

        if (facts.Votes.Length > 0)
        {
            yield return $"Who said what: {VisibleText.Of(facts.Votes)}";
        }

        if (facts.Emergency is { } emergency)
        {
            yield return $"Who broke glass: {VisibleText.Of(emergency.Person)}, for {VisibleText.Of(emergency.Ticket)}";
            yield return $"Why it couldn't wait: {VisibleText.Of(emergency.Reason)}";
        }

        if (facts.State == "pending")
        {
            var people = facts.Needed == 1 ? "one person" : string.Create(CultureInfo.InvariantCulture, $"{facts.Needed} people");
            var groups = VisibleText.Of(string.Join(" or ", facts.Groups));
            yield return $"Who decides: {people} of {groups}, until {InstantText.Of(facts.EndsAt)}";
        }
        else if (facts.State == "approved")
        {
            yield return $"It can be used once, until {InstantText.Of(facts.EndsAt)}";
        }

        yield return $"Approval: {facts.Approval}";
        yield return $"To see it: gateway approvals show {facts.Approval} --tenant {facts.Tenant}";
    }
}
