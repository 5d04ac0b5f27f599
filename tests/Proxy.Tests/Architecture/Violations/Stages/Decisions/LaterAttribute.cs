namespace Gateway.Proxy.Tests.Architecture.Violations.Stages.Decisions;

[AttributeUsage(AttributeTargets.All)]
internal sealed class LaterAttribute : Attribute;
