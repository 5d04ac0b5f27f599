using System.Collections.Concurrent;

namespace Gateway.Administration.SignIn;

/// <summary>
/// Slows down who guesses: after five failures under one name, or from one address, each further one doubles the wait, up to 15 minutes.
/// Kept by this instance alone, and forgotten with it. Thread-safe.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int Free = 5;
    private const int Most = 100_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _failed = new(StringComparer.Ordinal);

    /// <returns>How long to wait before the next try; zero for none.</returns>
    public TimeSpan Wait(params ReadOnlySpan<string> who)
    {
        var (now, longest) = (time.GetUtcNow(), TimeSpan.Zero);
        foreach (var one in who)
        {
            if (_failed.TryGetValue(one, out var failed) && failed.Until - now > longest)
            {
                longest = failed.Until - now;
            }
        }

        return longest;
    }

    /// <summary>Counts before it is known whether it fails, so that many at once don't all get in before the first is counted.</summary>
    public void Begin(params ReadOnlySpan<string> who)
    {
        var now = time.GetUtcNow();
        if (_failed.Count > Most)
        {
            foreach (var (key, value) in _failed)
            {
                if (value.Until + Longest < now)
                {
                    _failed.TryRemove(key, out _);
                }
            }
        }

        foreach (var one in who)
        {
            _failed.AddOrUpdate(
                one,
                static (_, at) => (1, at),
                static (_, before, at) => Next(before.Until + Longest < at ? 0 : before.Failures, at),
                now
            );
        }
    }

    /// <summary>It didn't fail.</summary>
    public void Forget(params ReadOnlySpan<string> who)
    {
        foreach (var one in who)
        {
            _failed.TryRemove(one, out _);
        }
    }

    /// <summary>
    /// It didn't fail, and says nothing of the others that are counted so: whoever has one name would guess at others between their own
    /// sign-ins.
    /// </summary>
    public void TakeBack(params ReadOnlySpan<string> who)
    {
        foreach (var one in who)
        {
            if (_failed.TryGetValue(one, out var counted))
            {
                _failed.TryUpdate(one, (counted.Failures - 1, time.GetUtcNow()), counted);
            }
        }
    }

    private static (int, DateTimeOffset) Next(int failures, DateTimeOffset now)
    {
        var wait = failures + 1 < Free ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures + 1 - Free, 10)));
        return (failures + 1, now + (wait < Longest ? wait : Longest));
    }
}
