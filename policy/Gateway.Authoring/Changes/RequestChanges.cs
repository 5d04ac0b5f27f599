using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>The request is signed instead of carrying a bearer key.</summary>
internal sealed record SignRequest() : Change(ChangeKind.SignRequest, "sign the request instead of sending a bearer key")
{
    internal override Situation Apply(Situation situation) => situation.With(situation.Intent with { Strength = AuthStrength.Signed });
}

/// <summary>The same request, later.</summary>
internal sealed record WaitUntil(DateTimeOffset Moment)
    : Change(ChangeKind.WaitUntil, string.Create(CultureInfo.InvariantCulture, $"wait until {Moment.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}"))
{
    /// <summary>Every pair of windows that ever meet does so within a week; a day more for a clock that changes.</summary>
    private const int MinutesAhead = 8 * 24 * 60;

    /// <summary>The next whole minute that both windows hold; null for none, or when nobody said what time it is.</summary>
    public static WaitUntil? For(WorkingHours? one, WorkingHours? other, DateTimeOffset now)
    {
        if (now == default || now.Year > 9000)
        {
            return null;
        }

        var from = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        for (var minute = 1; minute <= MinutesAhead; minute++)
        {
            var then = from.AddMinutes(minute);
            if (one?.Contains(then) != false && other?.Contains(then) != false)
            {
                return new WaitUntil(then);
            }
        }

        return null;
    }

    internal override Situation Apply(Situation situation) => situation.With(situation.Facts with { Now = Moment });
}
