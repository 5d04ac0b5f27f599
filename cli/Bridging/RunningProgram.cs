using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipelines;

namespace Gateway.Cli.Bridging;

/// <summary>A program under the bridge: what it says, what it is told, and its end.</summary>
internal sealed class RunningProgram : IDisposable
{
    /// <value>How long it may leave its input unread: what it can't take in this time it won't.</value>
    private static readonly TimeSpan WriteTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan TerminateTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(10);
    private static readonly byte[] LineEnd = [(byte)'\n'];

    private readonly Process _process;
    private readonly Stream _input;
    private readonly ProcessFamily _family;
    private readonly FamilyWatch _watch;
    private readonly SemaphoreSlim _writing = new(1);

    private RunningProgram(Process process, FamilyWatch watch, string mark)
    {
        (_process, _watch, _family) = (process, watch, new ProcessFamily(process.Id, mark));
        (_input, Errors) = (process.StandardInput.BaseStream, process.StandardError);
        Output = PipeReader.Create(process.StandardOutput.BaseStream);
    }

    /// <summary>What it answers: a message a line.</summary>
    public PipeReader Output { get; }

    /// <summary>What it tells whoever runs it.</summary>
    public StreamReader Errors { get; }

    /// <exception cref="IOException">It can't be started, or not be watched over.</exception>
    public static async Task<RunningProgram> StartAsync(ProgramOptions options, FamilyWatch watch)
    {
        Process process;
        var mark = watch.NextMark();
        try
        {
            process = Process.Start(options.ToStart(mark))!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"The program can't be started: {e.Message}");
        }

        // Without the watch's knowing the gate stays closed: the input ends, and the program never begins.
        var program = new RunningProgram(process, watch, mark);
        try
        {
            watch.Add(process.Id);
            await program._input.WriteAsync(LineEnd);
            return program;
        }
        catch (IOException)
        {
            await program.EndAsync(TimeSpan.Zero);
            program.Dispose();
            throw;
        }
    }

    /// <summary>Ends when the program has ended, whoever else still holds its streams.</summary>
    public async Task EndedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        Ending = $"ended with {_process.ExitCode}";
    }

    /// <summary>How it ended by itself; null where it hasn't.</summary>
    public string? Ending { get; private set; }

    /// <summary>One message at a time.</summary>
    /// <exception cref="IOException">It is gone, or reads nothing.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> line)
    {
        using var time = new CancellationTokenSource(WriteTime);
        try
        {
            await _writing.WaitAsync(time.Token);
            try
            {
                await _input.WriteAsync(line, time.Token);
                await _input.WriteAsync(LineEnd, time.Token);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            throw new IOException("The program doesn't read what it is sent.");
        }
    }

    /// <summary>As the protocol has it: its input ends; then it is told to end, with all its family; then it is killed.</summary>
    /// <param name="patience">How long it may take after its input ended.</param>
    /// <returns>False where something of it couldn't be killed.</returns>
    public async Task<bool> EndAsync(TimeSpan patience)
    {
        CloseInput();
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var isGone = await _family.IsGoneAsync(TimeSpan.Zero);
        if (!isGone)
        {
            _family.Signal(NativeCalls.Terminate);
            isGone = await _family.IsGoneAsync(TerminateTime) || await _family.IsGoneAsync(KillTime, NativeCalls.Kill);
        }

        // What can't be killed now stays on the watch's list.
        if (isGone)
        {
            Forget();
        }

        return isGone;
    }

    /// <summary>Closes its streams: .NET leaves those to whoever has read them.</summary>
    public void Dispose()
    {
        CloseInput();
        Output.Complete();
        Errors.Dispose();
        _process.Dispose();
    }

    private void CloseInput()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // It is gone.
        }
    }

    private void Forget()
    {
        try
        {
            _watch.Remove(_family.Leader);
        }
        catch (IOException)
        {
            // The watch has ended, and the bridge is about to.
        }
    }
}
