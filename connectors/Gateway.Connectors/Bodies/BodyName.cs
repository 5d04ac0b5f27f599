using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Bodies;

/// <summary>Which body it is. All of it is bound to what is sealed, so that a body under another name doesn't open.</summary>
/// <param name="Until">The last day, in UTC, on which it is kept.</param>
/// <param name="Decision">The decision's id: 1 to 64 of <c>a-z 0-9 -</c>.</param>
public readonly record struct BodyName(Id<Tenant> Tenant, DateOnly Until, string Decision, BodyDirection Direction)
{
    private const string DayFormat = "yyyy-MM-dd";

    private const int MaxDecisionLength = 64;

    /// <summary>What files and folders are named after, so nothing that leads elsewhere may be in it.</summary>
    public static bool IsDecision(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxDecisionLength && text.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-") < 0;

    /// <summary>As the folder of a day is named: <c>2030-01-31</c>.</summary>
    public static string DayText(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    internal static bool TryParseDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    internal static string DirectionText(BodyDirection direction) =>
        direction switch
        {
            BodyDirection.Request => "request",
            BodyDirection.Response => "response",
            BodyDirection.Unspecified => throw new ArgumentOutOfRangeException(nameof(direction), "A body goes one way or the other."),
        };

    /// <exception cref="ArgumentException">A part is missing or isn't one.</exception>
    internal void Validate()
    {
        if (Tenant.IsEmpty || !IsDecision(Decision))
        {
            throw new ArgumentException($"A body belongs to a tenant and to a decision, not to '{Decision}' of '{Tenant}'.");
        }

        _ = DirectionText(Direction);
    }

    public override string ToString() => $"{DirectionText(Direction)} of decision {Decision} of tenant '{Tenant}'";
}

/// <summary>Which way a body went.</summary>
public enum BodyDirection
{
    Unspecified = 0,

    /// <summary>From the agent.</summary>
    Request = 1,

    /// <summary>To the agent.</summary>
    Response = 2,
}
