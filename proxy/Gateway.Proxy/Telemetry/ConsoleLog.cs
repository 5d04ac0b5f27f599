using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Gateway.Proxy.Telemetry;

/// <summary>
/// The log on standard output, in .NET's own forms and by its own settings. .NET's own would let a request wait where nobody reads the log,
/// or leave lines out without anybody being able to ask how many. This one never waits, and counts what it leaves out.
/// </summary>
[ProviderAlias("Console")]
internal sealed class ConsoleLog : ILoggerProvider, ISupportExternalScope
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1.5);

    private readonly BlockingCollection<(string Text, bool IsError)> _queue;
    private readonly ConsoleFormatter _formatter;
    private readonly LogLevel _errorsFrom;
    private readonly TextWriter _output;
    private readonly TextWriter _errors;
    private readonly Thread _writing;
    private IExternalScopeProvider? _scopes;
    private long _lost;

    public ConsoleLog(IOptions<ConsoleLoggerOptions> options, IEnumerable<ConsoleFormatter> formatters)
        : this(options.Value, formatters, Console.Out, Console.Error) { }

    internal ConsoleLog(ConsoleLoggerOptions options, IEnumerable<ConsoleFormatter> formatters, TextWriter output, TextWriter errors)
    {
        var named = formatters.ToDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase);
        _formatter = named.GetValueOrDefault(options.FormatterName ?? "") ?? named[ConsoleFormatterNames.Simple];
        (_errorsFrom, _output, _errors) = (options.LogToStandardErrorThreshold, output, errors);
        _queue = new(options.MaxQueueLength);
        _writing = new Thread(WriteAll) { IsBackground = true, Name = "log" };
        _writing.Start();
    }

    /// <value>Lines that were left out since the start.</value>
    public long Lost => Interlocked.Read(ref _lost);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <summary>Writes what waits, as far as somebody reads it.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _writing.Join(LongestEnd);
    }

    private void Add(string text, bool isError)
    {
        if (_queue.IsAddingCompleted || !_queue.TryAdd((text, isError)))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    private void WriteAll()
    {
        var said = 0L;
        foreach (var (text, isError) in _queue.GetConsumingEnumerable())
        {
            Write(isError ? _errors : _output, text);
            if (_queue.Count == 0 && Lost is var lost && lost > said)
            {
                Write(_errors, $"{lost - said} lines of the log were left out: nobody reads it fast enough.{Environment.NewLine}");
                said = lost;
            }
        }
    }

    private void Write(TextWriter to, string text)
    {
        try
        {
            to.Write(text);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _lost); // Who read it is gone.
        }
    }

    private sealed class Category(ConsoleLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            using var text = new StringWriter();
            log._formatter.Write(new LogEntry<TState>(logLevel, name, eventId, state, exception, formatter), log._scopes, text);
            if (text.GetStringBuilder().Length > 0)
            {
                log.Add(text.ToString(), logLevel >= log._errorsFrom);
            }
        }
    }
}
