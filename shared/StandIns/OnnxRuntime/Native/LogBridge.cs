using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Hands messages of the library to a function of the application.</summary>
internal static unsafe class LogBridge
{
    private static DOrtLoggingFunction? function;

    /// <summary>The callback to register; it serves the one environment of the process.</summary>
    public static nint Callback(DOrtLoggingFunction receiver)
    {
        function = receiver;
        return (nint)(delegate* unmanaged[Cdecl]<nint, int, nint, nint, nint, nint, void>)&Receive;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Receive(nint param, int severity, nint category, nint logId, nint codeLocation, nint message)
    {
        try
        {
            function!(param, (OrtLoggingLevel)severity, Text(category), Text(logId), Text(codeLocation), Text(message));
        }
        catch (Exception fault)
        {
            // An exception that reaches native frames ends the process, and there is no caller to hand it to.
            Console.Error.WriteLine($"The logging function of ONNX Runtime threw {fault.GetType()} on: {Text(message)}");
        }
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";
}
