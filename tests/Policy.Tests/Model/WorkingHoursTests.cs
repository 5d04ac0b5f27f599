using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class WorkingHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2030-01-02T07:00:00Z", true)] // Wednesday, 08:00 in Berlin.
    [InlineData("2030-01-02T06:59:59Z", false)]
    [InlineData("2030-01-02T16:59:59Z", true)]
    [InlineData("2030-01-02T17:00:00Z", false)]
    [InlineData("2030-07-03T06:00:00Z", true)] // In summer an hour earlier.
    [InlineData("2030-07-03T16:00:00Z", false)]
    [InlineData("2030-01-05T12:00:00Z", false)] // Saturday.
    public void Contains_InADay_FollowsTheClockOnTheWall(string now, bool within) =>
        Assert.Equal(within, new WorkingHours(Berlin, [DayOfWeek.Wednesday], 8 * 60, 18 * 60).Contains(At(now)));

    [Theory]
    [InlineData("2030-01-04T22:00:00Z", true)] // Friday.
    [InlineData("2030-01-05T05:59:00Z", true)] // The night of Friday.
    [InlineData("2030-01-05T06:00:00Z", false)]
    [InlineData("2030-01-05T22:00:00Z", false)]
    [InlineData("2030-01-04T05:00:00Z", false)] // The night of Thursday.
    public void Contains_OverMidnight_BelongsToTheDayOfItsBeginning(string now, bool within) =>
        Assert.Equal(within, new WorkingHours(TimeZoneInfo.Utc, [DayOfWeek.Friday], 22 * 60, 6 * 60).Contains(At(now)));

    [Fact]
    public void Contains_WithoutAMoment_IsFalse() =>
        Assert.False(new WorkingHours(TimeZoneInfo.Utc, Enum.GetValues<DayOfWeek>(), 0, 24 * 60).Contains(default));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
