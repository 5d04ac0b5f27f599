using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>The metadata that a method's instructions name (ECMA-335, partition III).</summary>
internal static class IlTokens
{
    private const byte TwoByteOpcode = 0xfe;

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    public static IEnumerable<EntityHandle> Of(byte[] il)
    {
        var at = 0;
        while (at < il.Length)
        {
            var first = il[at++];
            var operand = Operands[first == TwoByteOpcode ? unchecked((short)((TwoByteOpcode << 8) | il[at++])) : first];
            if (
                operand
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
                    or OperandType.InlineSig
            )
            {
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(il, at));
            }

            at += Length(operand, il, at);
        }
    }

    private static int Length(OperandType operand, byte[] il, int at) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
            _ => 4,
        };
}
