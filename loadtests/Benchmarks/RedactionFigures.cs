using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Benchmarks;

/// <summary>
/// How much text a core looks through in a second for all patterns, where there is nothing to be found. Bytes a second, so not
/// BenchmarkDotNet. Takes some seconds.
/// </summary>
internal static class RedactionFigures
{
    private const int Texts = 1_000;
    private const int Rounds = 3;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly RedactionTerms Everything = new(
        Enum.GetValues<RedactionPatterns>().Aggregate((all, pattern) => all | pattern),
        TermSet<ArgumentPointer>.Empty
    );

    public static int Run()
    {
        const string Sentence =
            "Your order of 3 chairs left our ware-house on Monday at 10:45, and should be with you in 2 days at the latest; "
            + "the invoice is in the parcel. ";
        var sentences = string.Concat(Enumerable.Repeat(Sentence, 8));
        var body = Encoding.UTF8.GetBytes(
            $$"""{"messages":[{{string.Join(',', Enumerable.Repeat($$"""{"role":"user","content":"{{sentences}}"}""", Texts))}}]}"""
        );
        for (var round = 0; round <= Rounds; round++)
        {
            var (count, started) = (0, Stopwatch.GetTimestamp());
            TimeSpan elapsed;
            while ((elapsed = Stopwatch.GetElapsedTime(started)) < Round)
            {
                using var output = new GrowingBuffer();
                if (!JsonRedactor.TryRedact(body, Everything, output, out _, out var counts) || !counts.IsNone)
                {
                    throw new InvalidOperationException("Something was found where nothing is.");
                }

                count++;
            }

            if (round > 0)
            {
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"redaction {(double)count * body.Length / 1e6 / elapsed.TotalSeconds, 9:F0} MB a second on one "
                            + $"core: a body of {body.Length / 1000} kB, all patterns, nothing found"
                    )
                );
            }
        }

        return 0;
    }
}
