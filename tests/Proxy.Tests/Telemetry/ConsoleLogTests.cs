using Gateway.Proxy.Telemetry;
using Gateway.Proxy.Tests.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Gateway.Proxy.Tests.Telemetry;

public sealed class ConsoleLogTests : IDisposable
{
    private const int Most = 4;

    private readonly ServiceProvider _services = new ServiceCollection().AddLogging(logging => logging.AddConsole()).BuildServiceProvider();
    private readonly HeldWriter _output = new();
    private readonly HeldWriter _errors = new();

    public void Dispose()
    {
        _output.LetGo();
        _services.Dispose();
    }

    [Fact]
    public async Task What_nobody_reads_is_left_out_and_counted_and_a_line_says_how_many()
    {
        using var log = Log();
        _output.Hold();
        Say(log, "first");
        await Waiting.ForAsync("it is being written", () => _output.IsHeld);
        for (var i = 0; i < Most + 3; i++)
        {
            Say(log, $"line {i}");
        }

        Assert.Equal(3, log.Lost);
        _errors.LetGo();
        _output.LetGo();
        await Waiting.ForAsync("it is said", () => _errors.Said.StartsWith("3 lines", StringComparison.Ordinal));
        Assert.Contains($"line {Most - 1}", _output.Said, StringComparison.Ordinal);
        Assert.DoesNotContain($"line {Most}", _output.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_at_the_end_is_written_and_what_comes_later_is_counted()
    {
        var log = Log();
        Say(log, "the last words");
        log.Dispose();
        Assert.Contains("the last words", _output.Said, StringComparison.Ordinal);
        Say(log, "too late");
        Assert.Equal(1, log.Lost);
    }

    [Fact]
    public async Task What_is_severe_goes_to_the_error_output_where_the_settings_say_so()
    {
        using var log = Log(new ConsoleLoggerOptions { MaxQueueLength = Most, LogToStandardErrorThreshold = LogLevel.Error });
        Say(log, "well");
        log.CreateLogger("test").Log(LogLevel.Error, default, "ill", null, static (text, _) => text);
        await Waiting.ForAsync(
            "both are written",
            () => _output.Said.Contains("well", StringComparison.Ordinal) && _errors.Said.Length > 0
        );
        Assert.Contains("ill", _errors.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("ill", _output.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_that_the_settings_name_is_written()
    {
        using var log = Log(new ConsoleLoggerOptions { MaxQueueLength = Most, FormatterName = ConsoleFormatterNames.Json });
        Say(log, "hello");
        await Waiting.ForAsync("it is written", () => _output.Said.Contains("\"Message\":\"hello\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_reads_it_and_is_gone_costs_the_lines_and_nothing_else()
    {
        using var log = new ConsoleLog(new ConsoleLoggerOptions(), _services.GetServices<ConsoleFormatter>(), new GoneWriter(), _errors);
        Say(log, "to nobody");
        log.Dispose();
        Assert.Equal(1, log.Lost);
    }

    private ConsoleLog Log(ConsoleLoggerOptions? options = null) =>
        new(options ?? new ConsoleLoggerOptions { MaxQueueLength = Most }, _services.GetServices<ConsoleFormatter>(), _output, _errors);

    private static void Say(ConsoleLog log, string what) =>
        log.CreateLogger("test").Log(LogLevel.Information, default, what, null, static (text, _) => text);

    /// <summary>A pipe that is full until it is let go.</summary>
    private sealed class HeldWriter : StringWriter
    {
        private readonly ManualResetEventSlim _free = new(initialState: true);
        private volatile bool _held;

        public bool IsHeld => _held;

        public string Said
        {
            get
            {
                lock (_free)
                {
                    return ToString();
                }
            }
        }

        public void Hold() => _free.Reset();

        public void LetGo() => _free.Set();

        public override void Write(string? value)
        {
            _held = !_free.IsSet;
            _free.Wait();
            lock (_free)
            {
                base.Write(value);
            }
        }
    }

    private sealed class GoneWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("Broken pipe");
    }
}
