using System.Globalization;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// What is left of a load's throughput beside a burden: calls a second with it, divided by the greater of those before and after, all in
/// one run. Of several rounds the best counts, since whatever else the machine does can only make a round worse.
/// </summary>
internal sealed class Shares(Load load, int calls)
{
    public const double Wanted = 0.8;
    private const int Rounds = 6;

    private readonly List<(double Quiet, double Burdened)> _rounds = [];

    public double Best => _rounds.Max(Of);

    /// <summary>Takes rounds until one is as wanted.</summary>
    /// <param name="beginAsync">Lays the burden on; it is taken off by disposal.</param>
    public async Task TakeAsync(Func<Task<IAsyncDisposable>> beginAsync)
    {
        do
        {
            var before = await load.RateAsync(calls);
            double burdened;
            await using (await beginAsync())
            {
                burdened = await load.RateAsync(calls);
            }

            _rounds.Add((Math.Max(before, await load.RateAsync(calls)), burdened));
        } while (Best < Wanted && _rounds.Count < Rounds);
    }

    public override string ToString()
    {
        var (quiet, burdened) = _rounds.MaxBy(Of);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"others keep {Best:P0} of their throughput ({burdened:F0} of {quiet:F0} calls/s; {_rounds.Count} rounds)"
        );
    }

    private static double Of((double Quiet, double Burdened) round) => round.Burdened / round.Quiet;
}
