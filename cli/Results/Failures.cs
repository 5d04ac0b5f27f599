using Gateway.Connectors.Bodies;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Gait.Packs;
using Gateway.Gait.Regress.Fixtures;
using Gateway.Gait.Serving;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Results;

/// <summary>The one place where an exception becomes what the command says and ends with.</summary>
internal static class Failures
{
    /// <summary>The setting that asks for the stack of an unexpected error.</summary>
    public const string StackSetting = "GATEWAY_STACK";

    /// <param name="withStack">Only where somebody asked for it: a stack tells a stranger more than he needs.</param>
    public static CommandResult ToResult(Exception exception, bool withStack) =>
        exception switch
        {
            InvalidInputException e => CommandResult.Refused(ExitCode.InvalidInput, e.Errors),
            RemoteException e => CommandResult.Refused(e.Exit, [e.Error]),
            CallRefusedException e => Invalid(e.Problems),
            RunRecordingException or RegressException => CommandResult.Refused(ExitCode.InvalidInput, exception.Message),
            VerificationFailedException or BodyException => CommandResult.Refused(ExitCode.VerificationFailed, exception.Message),
            ConfigurationException e => Invalid(e.Errors),
            CredentialSourceException
            or DurableStoreException
            or EnvelopeException
            or SharedStateException
            or JournalCorruptException
            or JournalUnavailableException => CommandResult.Refused(ExitCode.Failed, exception.Message),
            IOException or UnauthorizedAccessException or HttpRequestException => CommandResult.Refused(
                ExitCode.Failed,
                WithCause(exception)
            ),
            OperationCanceledException => CommandResult.Refused(ExitCode.Failed, "The command was ended before it was done."),
            _ => CommandResult.Refused(
                ExitCode.Failed,
                withStack
                    ? exception.ToString()
                    : $"Something unexpected went wrong ({exception.GetType().Name}): {OneLine(exception.Message)}",
                withStack ? "" : $"Set {StackSetting}=1 to see where."
            ),
        };

    private static CommandResult Invalid(IEnumerable<string> problems) =>
        CommandResult.Refused(ExitCode.InvalidInput, [.. problems.Select(problem => new CommandError(problem))]);

    private static string WithCause(Exception e) =>
        OneLine(
            e.InnerException is null || e.Message.Contains(e.InnerException.Message, StringComparison.Ordinal)
                ? e.Message
                : $"{e.Message} {e.InnerException.Message}"
        );

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
