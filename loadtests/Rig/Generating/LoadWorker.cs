using System.Diagnostics;
using System.Net.Sockets;
using Gateway.LoadTests.Client;
using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Scenarios;
using HdrHistogram;

namespace Gateway.LoadTests.Generating;

/// <summary>One connection, one thread and what they saw. After a failure it connects anew.</summary>
internal sealed class LoadWorker(Uri address, PreparedRequest request, AnswerCheck check) : IDisposable
{
    private Connection? _connection;

    public LongHistogram Latency { get; } = Latencies.New();

    public long Succeeded { get; private set; }

    public long InTime { get; private set; }

    public long Failed { get; private set; }

    public string? FirstFailure { get; private set; }

    public void Connect() => _connection ??= new Connection(address);

    /// <param name="due">When the request should have gone out; its latency counts from there.</param>
    /// <param name="end">When the stretch is over. Both are timestamps of <see cref="Stopwatch"/>.</param>
    public void Send(long due, long end)
    {
        try
        {
            Connect();
            var answer = _connection!.Exchange(request.Next());
            var now = Stopwatch.GetTimestamp();
            if (check.Passes(answer))
            {
                Latency.Record(Stopwatch.GetElapsedTime(due, now));
                Succeeded++;
                InTime += now < end ? 1 : 0;
            }
            else
            {
                Fail(check.Complaint(answer));
            }
        }
        catch (Exception e) when (e is SocketException or InvalidDataException or FormatException)
        {
            Fail(e.Message);
            Dispose();
            _connection = null;
        }
    }

    public void Dispose() => _connection?.Dispose();

    private void Fail(string why)
    {
        Failed++;
        FirstFailure ??= why;
    }
}
